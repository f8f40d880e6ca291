import assert from "node:assert/strict";
import type { SecretStore } from "../../../components/core/cluster-handle.ts";
import type { PlatformCapabilities } from "../../../components/core/platform-capabilities.ts";
import { describeProblem } from "../../../components/core/problem.ts";
import type { Grant, ServiceAccountRef } from "../../../components/core/workload-identity.ts";
import { Platform, type PlatformArgs } from "../../../components/platform/index.ts";
import { checkSecretStore, clusterSecretStore } from "../../../components/platform/secret-store.ts";
import { byName, byType } from "../../../plan/recording.ts";
import { platformCluster } from "../../support/platform-cluster.ts";
import { platformOff } from "../../support/platform-off.ts";
import { dependencyNames, recordOn } from "../../support/recorded-program.ts";

const STORES = {
  gcpsm: { api: "gcpsm", prefix: "prod-" },
  awssm: { api: "awssm", prefix: "prod/", region: "eu-west-1" },
  azurekv: { api: "azurekv", prefix: "prod-", endpoint: "https://prod.vault.azure.net" },
} as const satisfies Record<SecretStore["api"], SecretStore>;

/** A platform with External Secrets alone, and what was asked of the cluster. */
async function recordStore(store: SecretStore, change: Partial<PlatformArgs> = {}) {
  const asked: { account: ServiceAccountRef; grants: readonly Grant[] }[] = [];
  let capabilities: PlatformCapabilities | undefined;
  const recording = await recordOn(({ providers, earlier }) => {
    const cluster = platformCluster({
      secretStore: store,
      identityFor: (account, grants) => {
        asked.push({ account, grants });
        return {
          serviceAccountAnnotations: { "cloud.test/client": "id-1" },
          podLabels: { "cloud.test/use": "true" },
          ready: [earlier],
        };
      },
    });
    const externalSecrets = { enabled: true, replicas: 2 };
    const args = platformOff({ cluster, externalSecrets, ...change });
    ({ capabilities } = new Platform("platform", args, { providers }));
  });
  const release = byName(recording, "platform-external-secrets-release");
  const values = release.inputs["values"] as Record<string, unknown>;
  return { recording, asked, release, values, capabilities };
}

describe("ExternalSecrets", () => {
  it("may read what lies below the stack's prefix, and write nothing", async () => {
    const { asked, release, values } = await recordStore(STORES.awssm);
    assert.deepEqual(asked, [
      {
        account: { namespace: "external-secrets", name: "external-secrets" },
        grants: [{ purpose: "read-secrets", prefix: "prod/" }],
      },
    ]);
    assert.deepEqual(values["serviceAccount"], {
      name: "external-secrets",
      annotations: { "cloud.test/client": "id-1" },
    });
    assert.deepEqual(values["podLabels"], { "cloud.test/use": "true" });
    assert.ok(dependencyNames(release).includes("test-earlier"));
  });

  it("makes the store after what serves and checks it", async () => {
    const { recording } = await recordStore(STORES.gcpsm);
    const store = byName(recording, "platform-external-secrets-store");
    assert.ok(dependencyNames(store).includes("platform-external-secrets-release"));
    assert.equal(byType(recording, "kubernetes:core/v1:Secret").length, 0);
  });

  it("keeps what came from outside when it goes, under guard strict", async () => {
    const annotations = async (guard: "strict" | "relaxed") =>
      ((await recordStore(STORES.gcpsm, { guard })).values["crds"] as { annotations: object })
        .annotations;
    assert.deepEqual(await annotations("strict"), { "helm.sh/resource-policy": "keep" });
    assert.deepEqual(await annotations("relaxed"), {});
  });

  it("renders its monitor for sure where monitors are understood, and none where not", async () => {
    const { values } = await recordStore(STORES.gcpsm);
    assert.deepEqual(values["serviceMonitor"], { enabled: false, renderMode: "skipIfMissing" });
    const { monitoring } = platformOff();
    const on = await recordStore(STORES.gcpsm, {
      guard: "relaxed",
      monitoring: { ...monitoring, enabled: true },
    });
    assert.deepEqual(on.values["serviceMonitor"], { enabled: true, renderMode: "alwaysRender" });
  });

  it("leaves to the systems the secrets that they have", async () => {
    const { capabilities } = await recordStore(STORES.gcpsm);
    assert.deepEqual(capabilities?.secretBackend, { kind: "native" });
  });

  it("is refused on a cluster without a store, before anything is made", async () => {
    await assert.rejects(
      recordOn(({ providers }) => {
        const args = platformOff({ externalSecrets: { enabled: true, replicas: 2 } });
        return new Platform("platform", args, { providers });
      }),
      {
        message:
          "Invalid arguments:\n" +
          "1. externalSecrets.enabled: got true, expected false, because the cluster has no store of " +
          "secrets. Turn it off, or use a cluster whose cloud has one.",
      },
    );
  });
});

describe("clusterSecretStore", () => {
  const cases: [SecretStore, string, object][] = [
    [STORES.gcpsm, "gcp-secret-manager", { gcpsm: {} }],
    [
      STORES.awssm,
      "aws-secrets-manager",
      { aws: { service: "SecretsManager", region: "eu-west-1" } },
    ],
    [
      STORES.azurekv,
      "azure-key-vault",
      { azurekv: { authType: "WorkloadIdentity", vaultUrl: "https://prod.vault.azure.net" } },
    ],
  ];
  for (const [store, name, provider] of cases) {
    it(`${store.api}: ${name}`, () => {
      const { apiVersion, kind, metadata, spec } = clusterSecretStore(store);
      assert.equal(apiVersion, "external-secrets.io/v1");
      assert.equal(kind, "ClusterSecretStore");
      assert.equal(metadata.name, name);
      assert.deepEqual(spec, { provider });
    });
  }

  it("needs to be told where stores are that have no fixed place", () => {
    const messages = (store: SecretStore) => checkSecretStore(true, store).map(describeProblem);
    for (const store of Object.values(STORES)) assert.deepEqual(messages(store), []);
    assert.deepEqual(messages({ api: "awssm", prefix: "prod/" }), [
      "externalSecrets.enabled: got true, expected a store with its region, because its kind is awssm. " +
        "Give secretStore of the cluster's handle its region.",
    ]);
    assert.deepEqual(messages({ api: "azurekv", prefix: "prod-" }), [
      "externalSecrets.enabled: got true, expected a store with its endpoint, because its kind is " +
        "azurekv. Give secretStore of the cluster's handle its endpoint.",
    ]);
  });
});
