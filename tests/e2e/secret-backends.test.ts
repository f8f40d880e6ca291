import assert from "node:assert/strict";
import { checkSealed } from "../../components/workloads/check-sealed.ts";
import { GeneratedSecrets, SystemNamespace } from "../../components/workloads/index.ts";
import { clusterSecretStore } from "../../components/platform/secret-store.ts";
import { chartDefinitions } from "../../local/providers/kubernetes/helm/chart-definitions.ts";
import type { Manifest } from "../../local/providers/kubernetes/manifest.ts";
import { stepsIn } from "../../local/engine/index.ts";
import { planModel } from "../../plan/model/plan-model.ts";
import { recordOn } from "../support/recorded-program.ts";
import { startStack, type RunningStack } from "../support/running-stack.ts";
import { sealedStudio } from "../support/sealed-studio.ts";
import { externalBackend, sealedBackend, sealedText } from "../support/secret-backends.ts";
import { strictApi, type StrictApi } from "../support/strict-api.ts";
import { namespaceArgs, secretsArgs } from "../support/workload-fixtures.ts";
import { succeeded } from "../support/engine-review.ts";

const KINDS = [
  ["external-secrets", "external-secrets.io/v1", "ExternalSecret"],
  ["sealed-secrets", "bitnami.com/v1alpha1", "SealedSecret"],
] as const;

/** An ExternalSecret, a SealedSecret and all that else is in their namespace. */
async function objectsOfBoth(): Promise<Manifest[]> {
  const recording = await recordOn(({ providers, earlier }) => {
    const home = new SystemNamespace("home", namespaceArgs, { providers });
    const opts = { providers, dependsOn: [home] };
    const args = secretsArgs("not a real value");
    const sealed = Object.fromEntries(
      checkSealed(args.entries, {}).map(({ path }) => [path, sealedText(path)]),
    );
    new GeneratedSecrets("external", { ...args, backend: externalBackend(earlier) }, opts);
    const backend = sealedBackend(earlier);
    new GeneratedSecrets("sealed", { ...args, secretName: "sealed", backend, sealed }, opts);
  });
  const storageClasses = { standard: "standard", fastSsd: "fast-ssd" };
  const { objects } = planModel(recording, { nodePools: [], storageClasses });
  return objects.map(({ body }) => body as unknown as Manifest);
}

// Nobody in these clusters reads a store or opens what is sealed: what is proved is what we send.
describe("the API server, asked about the backends of secrets", () => {
  let running: RunningStack;
  let api: StrictApi;
  let objects: Manifest[];

  before(async () => {
    running = await startStack("local", "secret-backends");
    api = strictApi(running.controlPlane.kubeconfig);
    objects = await objectsOfBoth();
    await api.createAll(objects.filter(({ kind }) => kind === "Namespace"));
    for (const [chart, apiVersion, kind] of KINDS) {
      await api.createAll(chartDefinitions(chart));
      await api.untilServed(apiVersion, kind);
    }
  });

  after(() => running.stop());

  for (const [, apiVersion, kind] of KINDS) {
    it(`accepts the ${kind} with strict field validation, and would see a field that it has not`, async () => {
      const [object, ...more] = objects.filter((one) => one.kind === kind);
      assert.ok(object !== undefined && more.length === 0);
      assert.equal(object["apiVersion"], apiVersion);
      assert.equal(await api.refusal(object), undefined);
      const spec = { ...(object["spec"] as object), refreshPolcy: "OnChange" };
      assert.match((await api.refusal({ ...object, spec })) ?? "", /refreshPolcy/);
    });
  }

  it("accepts the ClusterSecretStores of both clouds", async () => {
    for (const store of [
      { api: "gcpsm", prefix: "prod-" },
      { api: "awssm", prefix: "prod/", region: "eu-west-1" },
    ] as const) {
      assert.equal(await api.refusal(clusterSecretStore(store) as unknown as Manifest), undefined);
    }
  });
});

describe("a stack whose secrets people sealed, from nothing and back", () => {
  let running: RunningStack;
  const STUDIO = ["slipway:systems", "kaizenStudio"];

  before(async () => {
    running = await startStack("local", "sealed-stack");
    running.set(["slipway:platform", "secretBackend"], "sealed");
    running.set(["slipway:platform", "sealedSecrets"], { enabled: true });
    for (const [key, value] of Object.entries(sealedStudio("HS256"))) {
      running.set([...STUDIO, key], value);
    }
  });

  after(() => running.stop());

  it("comes up, and then has nothing more to do", async () => {
    succeeded(await running.engine.up());
    const steps = stepsIn(succeeded(await running.engine.preview()).events);
    assert.deepEqual(
      steps.filter(({ op }) => op !== "same").map(({ urn }) => urn),
      [],
    );
  });

  it("rolls what reads a key by its word, and nothing else", async () => {
    running.set([...STUDIO, "rotation"], { redisPassword: "2" });
    const steps = stepsIn(succeeded(await running.engine.up()).events);
    const names = steps
      .filter(({ op, type }) => op !== "same" && type.startsWith("kubernetes:"))
      .map(({ op, urn }) => `${op} ${urn.split("::").at(-1) ?? ""}`)
      .toSorted();
    assert.deepEqual(names, [
      "update kaizen-studio-backend-deployment",
      "update kaizen-studio-redis-deployment",
    ]);
  });

  it("goes again", async () => {
    succeeded(await running.engine.destroy());
  });
});
