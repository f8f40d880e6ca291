import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  isSecret,
  secret,
  toJson,
  type PropertyMap,
} from "../../local/providers/property-values.ts";
import {
  configMap,
  deployment,
  rejection,
  StandInCluster,
  TYPES,
} from "../support/stand-in-cluster.ts";

describe("kubernetes stand-in: change and drift", function () {
  this.timeout(60_000);
  const cluster = new StandInCluster(".e2e/providers-change");

  describe("update", () => {
    it("removes a field that the program no longer has, and leaves those of others", async () => {
      const namespace = await cluster.newNamespace();
      const created = await cluster.standIn.create(
        TYPES.configMap,
        "a",
        configMap(
          namespace,
          "a",
          { kept: "1", dropped: "2" },
          { labels: { team: "web", gone: "yes" } },
        ),
      );
      await cluster.kubectl("label", "configmap", "a", "-n", namespace, "by-hand=yes");
      const updated = await cluster.standIn.update(
        created,
        configMap(namespace, "a", { kept: "1" }, { labels: { team: "web" } }),
      );
      assert.deepEqual(updated.state["data"], { kept: "1" });
      assert.deepEqual((updated.state["metadata"] as PropertyMap)["labels"], {
        team: "web",
        "by-hand": "yes",
      });
      const emptied = await cluster.standIn.update(updated, configMap(namespace, "a", {}));
      assert.deepEqual((emptied.state["metadata"] as PropertyMap)["labels"], { "by-hand": "yes" });
    });

    it("reports a field that somebody else changed, and who", async () => {
      const namespace = await cluster.newNamespace();
      const created = await cluster.standIn.create(
        TYPES.configMap,
        "a",
        configMap(namespace, "a", { size: "1" }),
      );
      await cluster.kubectl(
        "patch",
        "configmap",
        "a",
        "-n",
        namespace,
        "-p",
        '{"data":{"size":"9"}}',
        "--field-manager=somebody",
      );
      const changed = configMap(namespace, "a", { size: "2" });
      const expected = [
        `ConfigMap ${namespace}/a has fields that another manager changed (server-side apply conflict):`,
        '  .data.size: conflict with "somebody" using v1',
        "Leave these fields out of the program",
      ].join("\n");
      for (const preview of [true, false]) {
        const error = await rejection(cluster.standIn.update(created, changed, { preview }));
        assert.ok(error.message.includes(expected), error.message);
      }
      const annotations = { "pulumi.com/patchForce": "true" };
      const forced = configMap(namespace, "a", { size: "2" }, { annotations });
      assert.deepEqual((await cluster.standIn.update(created, forced)).state["data"], {
        size: "2",
      });
    });

    it("previews a first update of what it created without a conflict", async () => {
      const namespace = await cluster.newNamespace();
      const created = await cluster.standIn.create(
        TYPES.configMap,
        "a",
        configMap(namespace, "a", { size: "1" }),
      );
      const preview = await cluster.standIn.update(
        created,
        configMap(namespace, "a", { size: "2" }),
        {
          preview: true,
        },
      );
      assert.deepEqual(preview.state["data"], { size: "2" });
      const stdout = await cluster.kubectl(
        "get",
        "configmap",
        "a",
        "-n",
        namespace,
        "-o",
        "jsonpath={.data.size}",
      );
      assert.equal(stdout, "1");
    });

    it("waits until a changed Deployment is rolled out", async () => {
      const namespace = await cluster.newNamespace();
      const created = await cluster.standIn.create(
        TYPES.deployment,
        "web",
        deployment(namespace, "web:v1"),
      );
      const updated = await cluster.standIn.update(created, deployment(namespace, "web:v2"));
      const status = updated.state["status"] as PropertyMap;
      assert.equal(status["updatedReplicas"], 2);
      assert.equal(status["availableReplicas"], 2);
      assert.equal(status["replicas"], 2);
    });
  });

  describe("immutable fields", () => {
    it("replace, the old object first when its name is fixed", async () => {
      const namespace = await cluster.newNamespace();
      const created = await cluster.standIn.create(
        TYPES.deployment,
        "web",
        deployment(namespace, "web:v1"),
      );
      const changed = deployment(namespace, "web:v1", { app: "other" });
      const diff = await cluster.standIn.diff(created, changed);
      assert.equal(diff.deleteBeforeReplace, true);
      assert.deepEqual(diff.changed?.get("spec.selector.matchLabels.app"), {
        kind: "update",
        replace: true,
      });
      const error = await rejection(cluster.standIn.update(created, changed));
      assert.match(error.message, /field is immutable/);
    });
  });

  describe("read", () => {
    it("finds no drift in an object as it was created", async () => {
      const namespace = await cluster.newNamespace();
      const created = await cluster.standIn.create(
        TYPES.deployment,
        "web",
        deployment(namespace, "web:v1"),
      );
      const refreshed = await cluster.standIn.refresh(created);
      assert.ok(refreshed !== undefined);
      assert.deepEqual(refreshed.inputs, created.inputs);
    });

    it("finds a label that was edited by hand, and nothing where the object is gone", async () => {
      const namespace = await cluster.newNamespace();
      const inputs = configMap(namespace, "a", { size: "1" }, { labels: { team: "web" } });
      const created = await cluster.standIn.create(TYPES.configMap, "a", inputs);
      await cluster.kubectl(
        "label",
        "configmap",
        "a",
        "-n",
        namespace,
        "--overwrite",
        "team=other",
      );
      const refreshed = await cluster.standIn.refresh(created);
      assert.ok(refreshed !== undefined);
      const diff = await cluster.standIn.diff(refreshed, inputs);
      assert.deepEqual(
        [...(diff.changed ?? [])],
        [["metadata.labels.team", { kind: "update", replace: false }]],
      );
      await cluster.kubectl("delete", "configmap", "a", "-n", namespace);
      assert.equal(await cluster.standIn.refresh(created), undefined);
    });

    it("finds a Secret that was edited by hand, and keeps it secret", async () => {
      const namespace = await cluster.newNamespace();
      const inputs: PropertyMap = {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { namespace, name: "s" },
        stringData: secret({ password: "first-value" }),
      };
      const created = await cluster.standIn.create(TYPES.secret, "s", inputs);
      await cluster.kubectl(
        "patch",
        "secret",
        "s",
        "-n",
        namespace,
        "-p",
        '{"stringData":{"password":"by-hand"}}',
      );
      const refreshed = await cluster.standIn.refresh(created);
      assert.deepEqual(refreshed?.inputs["stringData"], secret({ password: "by-hand" }));
    });
  });

  describe("secrets", () => {
    it("stay secret in outputs, whatever the API server makes of them", async () => {
      const namespace = await cluster.newNamespace();
      const text = "a-generated-password";
      const fromInputs = await cluster.standIn.create(TYPES.secret, "s", {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { namespace, name: "s" },
        stringData: { password: text },
      });
      const { data } = fromInputs.state;
      assert.ok(isSecret(data) && isSecret(fromInputs.inputs["stringData"]));
      assert.deepEqual(toJson(data), { password: Buffer.from(text).toString("base64") });
      const other = await cluster.standIn.create(
        TYPES.configMap,
        "c",
        configMap(namespace, "c", { token: secret(text), plain: "x" }),
      );
      assert.deepEqual(other.state["data"], { token: secret(text), plain: "x" });
    });
  });
});
