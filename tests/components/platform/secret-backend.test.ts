import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { describeProblem } from "../../../components/core/problem.ts";
import type { SecretBackend, WriteSecret } from "../../../components/core/secret-backend.ts";
import { Platform, type PlatformArgs } from "../../../components/platform/index.ts";
import { checkSecretBackend } from "../../../components/platform/secret-backend.ts";
import { PLATFORM_DEFAULTS } from "../../../components/platform/settings-defaults.ts";
import { platformCluster } from "../../support/platform-cluster.ts";
import { platformOff } from "../../support/platform-off.ts";
import { recordOn } from "../../support/recorded-program.ts";

const write: WriteSecret = (name) => ({ key: name, ready: [] });
const CLOUD = { secretStore: { api: "gcpsm", prefix: "prod-" }, writeSecret: write } as const;
const ON = {
  externalSecrets: { enabled: true, replicas: 2 },
  sealedSecrets: { enabled: true },
} as const;

async function backendOf(change: Partial<PlatformArgs>): Promise<SecretBackend> {
  let backend: SecretBackend | undefined;
  await recordOn(({ providers }) => {
    const args = platformOff({ cluster: platformCluster(CLOUD), ...change });
    backend = new Platform("platform", args, { providers }).capabilities.secretBackend;
  });
  return backend ?? assert.fail();
}

const names = (resources: readonly pulumi.Resource[]) =>
  resources.map((resource) => (resource as unknown as { __name: string }).__name);

describe("the backend of secrets (E-51)", () => {
  it("is native unless a stack says otherwise, whichever add-ons are on", async () => {
    assert.equal(PLATFORM_DEFAULTS.secretBackend, "native");
    assert.deepEqual(await backendOf(ON), { kind: "native" });
  });

  it("external: the cluster's store by its usual name, its writer, and what to wait for", async () => {
    const backend = await backendOf({ ...ON, secretBackend: "external" });
    assert.ok(backend.kind === "external");
    assert.equal(backend.storeName, "gcp-secret-manager");
    assert.equal(backend.write, write);
    assert.deepEqual(names(backend.ready), ["platform-external-secrets-store"]);
  });

  it("sealed: what opens them, on any cluster", async () => {
    const change = { ...ON, secretBackend: "sealed" } as const;
    const backend = await backendOf({
      ...change,
      externalSecrets: PLATFORM_DEFAULTS.externalSecrets,
      cluster: platformCluster(),
    });
    assert.ok(backend.kind === "sealed");
    assert.deepEqual(names(backend.ready), ["platform-sealed-secrets-release"]);
  });

  it("is refused without its add-on", () => {
    const messages = (secretBackend: SecretBackend["kind"]) =>
      checkSecretBackend({ ...PLATFORM_DEFAULTS, secretBackend }).map(describeProblem);
    assert.deepEqual(messages("native"), []);
    assert.deepEqual(messages("external"), [
      'secretBackend: got "external", expected "native", because externalSecrets is off and nobody ' +
        "fetches them. Turn slipway:platform.externalSecrets on, or leave this out.",
    ]);
    assert.deepEqual(messages("sealed"), [
      'secretBackend: got "sealed", expected "native", because sealedSecrets is off and nobody opens ' +
        "them. Turn slipway:platform.sealedSecrets on, or leave this out.",
    ]);
  });

  it("external is refused on a cluster that keeps no secrets, with the add-on's own problem", async () => {
    await assert.rejects(
      backendOf({ ...ON, secretBackend: "external", cluster: platformCluster() }),
      {
        message:
          "Invalid arguments:\n" +
          "1. externalSecrets.enabled: got true, expected false, because the cluster has no store of " +
          "secrets. Turn it off, or use a cluster whose cloud has one.\n" +
          '2. secretBackend: got "external", expected "native", because the cluster has no store of secrets ' +
          "that a stack can write to. Leave this out, or let people seal them.",
      },
    );
  });
});
