import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { SIMULATE_ANNOTATION } from "../../local/control-plane/index.ts";
import type { PropertyMap } from "../../local/providers/property-values.ts";
import { InitializationError } from "../../local/providers/provider.ts";
import type { Recorded } from "../support/stand-in.ts";
import {
  configMap,
  deployment,
  rejection,
  StandInCluster,
  TYPES,
} from "../support/stand-in-cluster.ts";

describe("kubernetes stand-in: waiting and deletion", function () {
  this.timeout(60_000);
  const cluster = new StandInCluster(".e2e/providers-wait");

  describe("waiting", () => {
    it("ends with what was not ready, and the object is recorded", async () => {
      const namespace = await cluster.newNamespace();
      const inputs = deployment(namespace, "web:v1", {
        podAnnotations: { [SIMULATE_ANNOTATION]: "never-ready" },
      });
      const error = await rejection(
        cluster.standIn.create(TYPES.deployment, "web", inputs, { timeout: 2 }),
      );
      assert.ok(error instanceof InitializationError);
      assert.equal(error.id, `${namespace}/web`);
      assert.match(
        error.message,
        new RegExp(
          `^waiting for Deployment ${namespace}/web to be ready timed out after 2 s: 0 of 2 replicas are available; Available is False \\(MinimumReplicasUnavailable\\)`,
        ),
      );
      const recorded: Recorded = {
        type: TYPES.deployment,
        name: "web",
        id: error.id,
        state: error.state,
        inputs,
      };
      const mended = await cluster.standIn.update(recorded, deployment(namespace, "web:v1"));
      assert.equal((mended.state["status"] as PropertyMap)["availableReplicas"], 2);
    });

    it("is left out by skipAwait and directed by waitFor", async () => {
      const namespace = await cluster.newNamespace();
      const never = deployment(namespace, "web:v1", {
        podAnnotations: { [SIMULATE_ANNOTATION]: "never-ready" },
      });
      const annotated = (name: string, annotations: PropertyMap): PropertyMap => ({
        ...never,
        metadata: { namespace, name, annotations },
      });
      await cluster.standIn.create(
        TYPES.deployment,
        "a",
        annotated("a", { "pulumi.com/skipAwait": "true" }),
      );
      await cluster.standIn.create(
        TYPES.deployment,
        "b",
        annotated("b", {
          "pulumi.com/waitFor": '["condition=Available=False", "jsonpath={.status.replicas}=2"]',
        }),
      );
      const error = await rejection(
        cluster.standIn.create(
          TYPES.deployment,
          "c",
          annotated("c", {
            "pulumi.com/waitFor": "jsonpath={.status.phase}=Up",
            "pulumi.com/timeoutSeconds": "1",
          }),
          { timeout: 0 },
        ),
      );
      assert.match(
        error.message,
        /timed out after 1 s: \{\.status\.phase\} is absent, expected Up/,
      );
    });

    it("ends at once with a Job that failed for good", async () => {
      const namespace = await cluster.newNamespace();
      const job = (name: string, annotations: PropertyMap, limits: PropertyMap): PropertyMap => ({
        apiVersion: "batch/v1",
        kind: "Job",
        metadata: { namespace, name },
        spec: {
          ...limits,
          template: {
            metadata: { annotations },
            spec: { restartPolicy: "Never", containers: [{ name: "a", image: "a:v1" }] },
          },
        },
      });
      const good = await cluster.standIn.create(TYPES.job, "good", job("good", {}, {}));
      assert.equal((good.state["status"] as PropertyMap)["succeeded"], 1);
      const never = { [SIMULATE_ANNOTATION]: "never-ready" };
      const error = await rejection(
        cluster.standIn.create(
          TYPES.job,
          "bad",
          job("bad", never, { backoffLimit: 0, activeDeadlineSeconds: 1 }),
        ),
      );
      assert.equal(
        error.message,
        `Job ${namespace}/bad failed: Failed is True (DeadlineExceeded): Job was active longer than specified deadline`,
      );
    });

    it("goes on for a claim that binds on use and a Service without pods", async () => {
      const namespace = await cluster.newNamespace();
      const claim = await cluster.standIn.create(TYPES.claim, "data", {
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        metadata: { namespace, name: "data" },
        spec: {
          accessModes: ["ReadWriteOnce"],
          storageClassName: "standard",
          resources: { requests: { storage: "1Gi" } },
        },
      });
      assert.equal(claim.id, `${namespace}/data`);
      const service = await cluster.standIn.create(TYPES.service, "web", {
        apiVersion: "v1",
        kind: "Service",
        metadata: { namespace, name: "web" },
        spec: { selector: { app: "none" }, ports: [{ port: 80 }] },
      });
      assert.equal(service.id, `${namespace}/web`);
    });
  });

  describe("delete", () => {
    it("waits until the object is gone, and accepts that it is gone already", async () => {
      const namespace = await cluster.newNamespace();
      const created = await cluster.standIn.create(
        TYPES.deployment,
        "web",
        deployment(namespace, "web:v1"),
      );
      await cluster.standIn.delete(created);
      const stdout = await cluster.kubectl(
        "get",
        "deployments,replicasets,pods",
        "-n",
        namespace,
        "-o",
        "name",
      );
      assert.equal(stdout, "");
      await cluster.standIn.delete(created);
    });

    it("says which finalizer holds an object that does not go", async () => {
      const namespace = await cluster.newNamespace();
      const inputs = configMap(namespace, "held", {});
      const metadata = { namespace, name: "held", finalizers: ["example.test/hold"] };
      const created = await cluster.standIn.create(TYPES.configMap, "held", {
        ...inputs,
        metadata,
      });
      const error = await rejection(cluster.standIn.delete(created, { timeout: 1 }));
      assert.equal(
        error.message,
        `waiting for ConfigMap ${namespace}/held to be deleted timed out after 1 s: finalizers example.test/hold remain`,
      );
      await cluster.kubectl(
        "patch",
        "configmap",
        "held",
        "-n",
        namespace,
        "--type=json",
        "-p",
        '[{"op":"remove","path":"/metadata/finalizers"}]',
      );
    });

    it("waits for a namespace to be finalised, so that it can be created again at once", async () => {
      const name = "again";
      const inputs = { apiVersion: "v1", kind: "Namespace", metadata: { name } };
      const created = await cluster.standIn.create(TYPES.namespace, name, inputs);
      await cluster.standIn.create(TYPES.configMap, "a", configMap(name, "a", {}));
      await cluster.standIn.delete(created);
      assert.equal((await cluster.standIn.create(TYPES.namespace, name, inputs)).id, name);
    });

    it("does not hide that a namespace is on its way out", async () => {
      const namespace = await cluster.newNamespace();
      const held = {
        ...configMap(namespace, "held", {}),
        metadata: { namespace, name: "held", finalizers: ["example.test/hold"] },
      };
      await cluster.standIn.create(TYPES.configMap, "held", held);
      await cluster.kubectl("delete", "namespace", namespace, "--wait=false");
      const error = await rejection(
        cluster.standIn.create(TYPES.configMap, "late", configMap(namespace, "late", {})),
      );
      assert.match(
        error.message,
        /unable to create new content in namespace test-\d+ because it is being terminated/,
      );
      await cluster.kubectl(
        "patch",
        "configmap",
        "held",
        "-n",
        namespace,
        "--type=json",
        "-p",
        '[{"op":"remove","path":"/metadata/finalizers"}]',
      );
    });
  });
});
