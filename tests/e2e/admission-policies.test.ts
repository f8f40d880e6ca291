import assert from "node:assert/strict";
import type { Guard } from "../../components/core/guard.ts";
import { AddOnNamespace, AdmissionPolicies } from "../../components/platform/index.ts";
import { SystemNamespace } from "../../components/workloads/index.ts";
import { LOCAL_CONTEXT } from "../../local/control-plane/index.ts";
import { ApiClient } from "../../local/providers/kubernetes/api-client.ts";
import { Cluster, referenceTo } from "../../local/providers/kubernetes/cluster.ts";
import { clusterAccess } from "../../local/providers/kubernetes/kubeconfig.ts";
import type { Manifest } from "../../local/providers/kubernetes/manifest.ts";
import { planModel } from "../../plan/model/plan-model.ts";
import { recordStudio } from "../support/kaizen-studio-recording.ts";
import { SURROUNDINGS } from "../support/platform-cluster.ts";
import { recordOn } from "../support/recorded-program.ts";
import { startStack, type RunningStack } from "../support/running-stack.ts";
import { strictApi, type StrictApi } from "../support/strict-api.ts";
import { namespaceArgs } from "../support/workload-fixtures.ts";
import {
  ACCEPTED,
  ALLOWED_REGISTRIES,
  makersOf,
  REFUSED,
  trial,
  type TrialPod,
} from "./admission-cases.ts";

const SYSTEM = namespaceArgs.namespace;
const ADD_ON = "vertical-pod-autoscaler";
const MERGE = "application/merge-patch+json";

/** What a program would give to the API server, with namespaces first. */
async function objectsOf(recording: ReturnType<typeof recordOn>): Promise<Manifest[]> {
  const storageClasses = { standard: "standard", fastSsd: "fast-ssd" };
  const { objects } = planModel(await recording, { nodePools: [], storageClasses });
  return objects
    .filter(({ name }) => name !== "earlier")
    .map(({ body }) => body as unknown as Manifest);
}

const policies = (guard: Guard, allowedRegistries = ALLOWED_REGISTRIES) =>
  objectsOf(
    recordOn(({ providers }) => {
      new AdmissionPolicies("rules", { guard, allowedRegistries }, { providers });
    }),
  );

/** Both kinds of namespace, and no more of what is in them than the range of container sizes. */
async function namespaces(): Promise<Manifest[]> {
  const made = await objectsOf(
    recordOn(({ providers }) => {
      new SystemNamespace("system", namespaceArgs, { providers });
      const home = { namespace: ADD_ON, podSecurity: "privileged", traffic: {} } as const;
      new AddOnNamespace("add-on", { ...home, surroundings: SURROUNDINGS }, { providers });
    }),
  );
  return made.filter(({ kind }) => kind === "Namespace" || kind === "LimitRange");
}

const deployment = (pod: TrialPod, namespace = SYSTEM, name = "trial"): Manifest => {
  const object = makersOf(pod, namespace)["Deployment"] as unknown as Manifest;
  return { ...object, metadata: { ...object.metadata, name } };
};

// The tests are one story: first strict, then relaxed.
describe("the rules that the API server puts to pods of systems", () => {
  let running: RunningStack;
  let api: StrictApi;
  let cluster: Cluster;

  const untilRefused = async (object: Manifest, wanted: boolean) => {
    for (let tries = 0; tries < 100; tries++) {
      if (((await api.refusal(object)) !== undefined) === wanted) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.fail(`the rules are not ${wanted ? "there" : "gone"} after 10 s`);
  };

  before(async () => {
    running = await startStack("prod", "admission-policies");
    const { kubeconfig } = running.controlPlane;
    api = strictApi(kubeconfig);
    cluster = new Cluster(new ApiClient(clusterAccess(kubeconfig, { context: LOCAL_CONTEXT })));
    const places = await namespaces();
    await api.createAll(places.filter(({ kind }) => kind === "Namespace"));
    await api.createAll(places.filter(({ kind }) => kind !== "Namespace"));
    // There before the rules are, as in a cluster that is upgraded to them.
    await api.createAll([deployment(trial({ image: "app:latest" }), SYSTEM, "older")]);
    const rules = await policies("strict");
    for (const rule of rules) assert.equal(await api.refusal(rule), undefined);
    await api.createAll(rules);
    // One rule after the other comes into force.
    for (const { pod } of Object.values(REFUSED)) await untilRefused(deployment(pod), true);
  });

  after(async () => {
    cluster.close();
    await running.stop();
  });

  for (const [title, pod] of Object.entries(ACCEPTED)) {
    it(`lets in: ${title}`, async () => {
      assert.equal(await api.refusal(deployment(pod)), undefined);
    });
  }

  for (const [title, { pod, rule, message }] of Object.entries(REFUSED)) {
    it(`refuses: ${title}`, async () => {
      const text = (await api.refusal(deployment(pod))) ?? "";
      assert.ok(text.includes(`'${rule}'`), text);
      assert.ok(text.includes(message), text);
      assert.equal(text.match(/with binding/g)?.length, 1, text);
    });
  }

  for (const [kind, object] of Object.entries(makersOf(trial({ image: "app:latest" }), SYSTEM))) {
    it(`refuses a ${kind} too`, async () => {
      const good = makersOf(trial({}), SYSTEM)[kind] as unknown as Manifest;
      assert.equal(await api.refusal(good), undefined);
      const text = (await api.refusal(object as unknown as Manifest)) ?? "";
      assert.ok(text.includes("'slipway-image-tag'"), text);
    });
  }

  it("gives a pod without sizes those of the namespace, and lets it in", async () => {
    const [container] = trial({}).containers;
    const pod = makersOf({ containers: [{ ...container, name: "debug", resources: {} }] }, SYSTEM);
    assert.equal(await api.refusal(pod["Pod"] as unknown as Manifest), undefined);
  });

  it("refuses an image that is added to a running pod for debugging", async () => {
    const pod = makersOf(trial({}), SYSTEM)["Pod"] as unknown as Manifest;
    await api.createAll([pod]);
    const { securityContext } = trial({}).containers[0] ?? {};
    const added = (image: string) => ({
      spec: { ephemeralContainers: [{ name: "debug", image, securityContext }] },
    });
    const add = (image: string) =>
      cluster.send(
        "PATCH",
        { ...referenceTo(pod), name: "trial/ephemeralcontainers" },
        { body: added(image) as never, contentType: MERGE, query: { dryRun: "All" } },
      );
    await assert.rejects(add("busybox"), /slipway-image-tag/);
  });

  it("lets what was there before be scaled, and refuses a change that is against the rules", async () => {
    const older = referenceTo(deployment(trial({}), SYSTEM, "older"));
    const change = (spec: object) =>
      cluster.send("PATCH", older, { body: { spec } as never, contentType: MERGE });
    await change({ replicas: 3 });
    const template = (image: string) => ({
      template: { spec: { containers: [{ ...trial({ image }).containers[0] }] } },
    });
    await assert.rejects(change(template("newer:latest")), /slipway-image-tag/);
    await change(template("newer:v2"));
  });

  it("leaves the namespaces of add-ons alone", async () => {
    for (const { pod } of Object.values(REFUSED)) {
      assert.equal(await api.refusal(deployment(pod, ADD_ON)), undefined);
    }
  });

  it("lets in all that Kaizen Studio is made of", async () => {
    const studio = (await objectsOf(recordStudio())).filter(({ kind }) =>
      Object.keys(makersOf(trial({}), SYSTEM)).includes(kind),
    );
    assert.ok(studio.length >= 6, String(studio.length));
    const refusals = await Promise.all(
      studio.map((object) =>
        api.refusal({ ...object, metadata: { ...object.metadata, namespace: SYSTEM } }),
      ),
    );
    assert.deepEqual(
      refusals.filter((text) => text !== undefined),
      [],
    );
  });

  it("is made of expressions that the API server finds sound for every kind", async () => {
    const found = await cluster.list(
      "admissionregistration.k8s.io/v1",
      "ValidatingAdmissionPolicy",
    );
    assert.equal(found.length, 4);
    for (const { status, metadata } of found as { status?: object; metadata?: object }[]) {
      const seen = status as { observedGeneration?: number; typeChecking?: object } | undefined;
      assert.equal(seen?.observedGeneration, 1, JSON.stringify(metadata));
      assert.deepEqual(seen.typeChecking ?? {}, {});
    }
  });

  it("relaxed: lets in what strict refuses, and warns", async () => {
    const bindings = async (guard: Guard) =>
      (await policies(guard)).filter(({ kind }) => kind.endsWith("Binding"));
    await api.createAll(await bindings("relaxed"));
    for (const binding of await bindings("strict")) {
      await cluster.send("DELETE", referenceTo(binding));
    }
    const refused = Object.values(REFUSED);
    for (const { pod } of refused) await untilRefused(deployment(pod), false);
    for (const { pod, message } of refused) {
      const { warnings } = await cluster.create(deployment(pod), { dryRun: "All" });
      assert.ok(
        warnings.some((text) => text.includes(message)),
        warnings.join("\n"),
      );
    }
  });
});
