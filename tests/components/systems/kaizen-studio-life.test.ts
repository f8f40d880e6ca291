import assert from "node:assert/strict";
import { describe, it } from "mocha";
import fc from "fast-check";
import { byName, maskSecrets, type Recording } from "../../../plan/recording.ts";
import { configData } from "../../../systems/kaizen-studio/environment.ts";
import { fullCapabilities } from "../../support/capabilities.ts";
import { recordStudio } from "../../support/kaizen-studio-recording.ts";
import { madeBy, outline } from "../../support/recorded-program.ts";
import { kaizenSettings } from "../../support/workload-fixtures.ts";

const { backend, frontend } = kaizenSettings;

interface Template {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly imagePullSecrets?: readonly { readonly name: string }[];
    readonly containers: readonly {
      readonly image: string;
      readonly args?: readonly string[];
      readonly env?: readonly { readonly name: string; readonly value?: string }[];
    }[];
  };
}

function templateOf(recording: Recording, part: string): Template {
  const { spec } = byName(recording, `kaizen-studio-${part}-deployment`).inputs;
  return (spec as { template: Template }).template;
}

/** All images that pods of the system run. */
async function imagesOf(imageMirrorPrefix: string | undefined): Promise<string[]> {
  const recording = await recordStudio({
    capabilitiesOf: (ready) => ({
      ...fullCapabilities(ready),
      ...(imageMirrorPrefix === undefined ? {} : { imageMirrorPrefix }),
    }),
  });
  const images = madeBy(recording).flatMap(({ inputs }) =>
    [...JSON.stringify(maskSecrets(inputs)).matchAll(/"image":"([^"]+)"/g)].map(([, one]) => one),
  );
  return [...new Set(images.filter((one) => one !== undefined))];
}

const envOf = (recording: Recording, part: string) =>
  templateOf(recording, part).spec.containers[0]?.env ?? [];

describe("KaizenStudio, over its life", () => {
  it("suspended, keeps its namespace and what is in it, and runs nothing", async () => {
    const recording = await recordStudio({ settings: { state: "suspended" } });
    assert.deepEqual(outline(recording), [
      "AppConfig kaizen-studio-config",
      "Backup kaizen-studio-postgres-backup",
      "Backup kaizen-studio-redis-backup",
      "ConfigMap kaizen-studio-config-configmap",
      "ConfigMap kaizen-studio-postgres-backup-files",
      "ConfigMap kaizen-studio-postgres-files",
      "ConfigMap kaizen-studio-redis-backup-files",
      "ConfigMap kaizen-studio-redis-files",
      "CronJob kaizen-studio-postgres-backup-schedule-cronjob",
      "CronJob kaizen-studio-redis-backup-schedule-cronjob",
      "Deployment kaizen-studio-redis-deployment",
      "GeneratedSecrets kaizen-studio-secrets",
      "KaizenStudio kaizen-studio",
      "LimitRange kaizen-studio-namespace-limits",
      "Namespace kaizen-studio-namespace-namespace",
      "NetworkPolicy kaizen-studio-namespace-default-deny",
      "NetworkPolicy kaizen-studio-namespace-dns",
      "PersistentVolumeClaim kaizen-studio-postgres-backup-claim-postgres-backup",
      "PersistentVolumeClaim kaizen-studio-postgres-server-claim-data-postgres-0",
      "PersistentVolumeClaim kaizen-studio-redis-backup-claim-redis-backup",
      "PersistentVolumeClaim kaizen-studio-redis-claim-redis-data",
      "Postgres kaizen-studio-postgres",
      "RandomBytes kaizen-studio-secrets-encryption-key",
      "RandomBytes kaizen-studio-secrets-jwt-secret",
      "RandomPassword kaizen-studio-secrets-checksum-salt",
      "RandomPassword kaizen-studio-secrets-postgres-password",
      "RandomPassword kaizen-studio-secrets-redis-password",
      "Redis kaizen-studio-redis",
      "ResourceQuota kaizen-studio-namespace-quota",
      "ScheduledJob kaizen-studio-postgres-backup-schedule",
      "ScheduledJob kaizen-studio-redis-backup-schedule",
      "Secret kaizen-studio-secrets-secret",
      "Service kaizen-studio-postgres-server-headless",
      "Service kaizen-studio-postgres-server-service",
      "Service kaizen-studio-redis-service",
      "ServiceAccount kaizen-studio-postgres-backup-schedule-service-account",
      "ServiceAccount kaizen-studio-postgres-server-service-account",
      "ServiceAccount kaizen-studio-redis-backup-schedule-service-account",
      "ServiceAccount kaizen-studio-redis-service-account",
      "ServiceMonitor kaizen-studio-postgres-server-monitor",
      "ServiceMonitor kaizen-studio-redis-monitor",
      "StatefulService kaizen-studio-postgres-server",
      "StatefulSet kaizen-studio-postgres-server-statefulset",
      "SystemNamespace kaizen-studio-namespace",
    ]);
    for (const name of ["postgres-server-statefulset", "redis-deployment"]) {
      const { spec } = byName(recording, `kaizen-studio-${name}`).inputs;
      assert.equal((spec as { replicas: number }).replicas, 0);
    }
    // What stays is as it was, or coming back would find other secrets and other volumes.
    const running = await recordStudio();
    const kept = recording.resources.filter(({ type }) =>
      /:(Secret|RandomPassword|RandomBytes|ConfigMap|PersistentVolumeClaim|Namespace)$/.test(type),
    );
    for (const { name, inputs } of kept.filter(({ name: own }) => own !== "test-earlier")) {
      assert.deepEqual(maskSecrets(inputs), maskSecrets(byName(running, name).inputs), name);
    }
  });

  it("restarts one part and leaves the other alone", async () => {
    const recording = await recordStudio({
      settings: { backend: { ...backend, restartedAt: "2026-11-21T10:00:00Z" } },
    });
    const before = await recordStudio();
    const changed = ["backend", "frontend"].filter((part) => {
      const [one, other] = [templateOf(before, part), templateOf(recording, part)];
      return JSON.stringify(maskSecrets(one)) !== JSON.stringify(maskSecrets(other));
    });
    assert.deepEqual(changed, ["backend"]);
    const { annotations = {} } = templateOf(recording, "backend").metadata;
    assert.ok(Object.values(annotations).includes("2026-11-21T10:00:00Z"));
  });

  it("rotates one generated secret and keeps the others", async () => {
    const rotation = { postgresPassword: "2026-11-21" };
    const recording = await recordStudio({ settings: { rotation } });
    const keepers = (name: string) =>
      byName(recording, `kaizen-studio-secrets-${name}`).inputs["keepers"];
    assert.deepEqual(keepers("postgres-password"), { rotation: "2026-11-21" });
    assert.equal(keepers("redis-password"), undefined);
    assert.equal(keepers("jwt-secret"), undefined);
  });

  it("rolls the pods alone that read what changed", async () => {
    const parts = {
      backend: "backend-deployment",
      frontend: "frontend-deployment",
      postgres: "postgres-server-statefulset",
      redis: "redis-deployment",
    };
    const given = { postgresPassword: "p", redisPassword: "r", jwtSecret: "j", encryptionKey: "e" };
    const before = await recordStudio({}, given);
    const rolledBy = async (change: Partial<typeof given>) => {
      const after = await recordStudio({}, { ...given, ...change });
      const template = (recording: Recording, name: string) =>
        JSON.stringify(byName(recording, `kaizen-studio-${name}`).inputs["spec"]);
      return Object.entries(parts)
        .filter(([, name]) => template(before, name) !== template(after, name))
        .map(([part]) => part);
    };
    assert.deepEqual(await rolledBy({}), []);
    assert.deepEqual(await rolledBy({ postgresPassword: "p2" }), ["backend", "postgres"]);
    assert.deepEqual(await rolledBy({ redisPassword: "r2" }), ["backend", "redis"]);
    assert.deepEqual(await rolledBy({ jwtSecret: "j2" }), ["backend"]);
  });

  it("signs with a key pair where the stack says RS256, and has no shared secret then", async () => {
    const settings = { jwtAlgorithm: "RS256", rotation: { jwtKey: "2" } } as const;
    const recording = await recordStudio({ settings });
    const { data } = byName(recording, "kaizen-studio-secrets-secret").inputs;
    const keys = Object.keys(maskSecrets(data) as object).filter((key) => key.startsWith("jwt-"));
    assert.deepEqual(keys, ["jwt-private-key", "jwt-public-key"]);
    assert.deepEqual(byName(recording, "kaizen-studio-secrets-jwt-private-key-2").inputs, {
      algorithm: "RSA",
      rsaBits: 2048,
    });
    const names = envOf(recording, "backend").map(({ name }) => name);
    assert.deepEqual(
      names.filter((name) => name.startsWith("JWT_")),
      ["JWT_PRIVATE_KEY", "JWT_PUBLIC_KEY"],
    );
    const { data: config } = byName(recording, "kaizen-studio-config-configmap").inputs;
    assert.equal((config as Record<string, string>)["JWT_ALGORITHM"], "RS256");
  });
});

describe("KaizenStudio, with what a stack adds", () => {
  it("gives each part its own variables, and the pods of both the pull secrets", async () => {
    const recording = await recordStudio({
      settings: {
        imagePullSecrets: ["registry-login"],
        backend: { ...backend, extraEnv: { WORKERS: "4" } },
        frontend: { ...frontend, extraEnv: { NGINX_WORKERS: "2" } },
      },
    });
    const plain = (part: string) =>
      envOf(recording, part).filter(({ value }) => value !== undefined);
    assert.deepEqual(plain("backend"), [{ name: "WORKERS", value: "4" }]);
    assert.deepEqual(plain("frontend"), [{ name: "NGINX_WORKERS", value: "2" }]);
    for (const part of ["backend", "frontend"]) {
      const { imagePullSecrets } = templateOf(recording, part).spec;
      assert.deepEqual(imagePullSecrets, [{ name: "registry-login" }]);
    }
  });

  it("runs a stand-in where there is no image yet, and migrates once there is", async () => {
    const standIn = "docker.io/hashicorp/http-echo:1.0.0";
    const recording = await recordStudio({
      guard: "relaxed",
      settings: {
        backend: { ...backend, image: "stand-in" },
        frontend: { ...frontend, image: "stand-in" },
      },
    });
    const container = (part: string) => templateOf(recording, part).spec.containers[0];
    assert.equal(container("backend")?.image, standIn);
    assert.equal(container("backend")?.args?.[0], "-listen=:8000");
    assert.equal(container("frontend")?.image, standIn);
    assert.equal(container("frontend")?.args?.[0], "-listen=:8080");
    const jobs = (of: Recording) =>
      outline(of).filter((line) => line.startsWith("Job kaizen-studio-migration"));
    assert.equal(jobs(recording).length, 1);
    assert.notDeepEqual(jobs(recording), jobs(await recordStudio({ guard: "relaxed" })));
  });

  it("pulls public images through the mirror, and those of the applications from where they are", async () => {
    const mirrored = await imagesOf("mirror.test/public");
    const own = [backend.image, frontend.image];
    // Servers and exporters of both stores; the tools of a backup are the server's own.
    assert.equal(mirrored.length - own.length, 4);
    for (const image of mirrored.filter((one) => !own.includes(one))) {
      assert.match(image, /^mirror\.test\/public\/(docker|quay)\.io\//);
    }
    const unmirrored = await imagesOf(undefined);
    assert.deepEqual(
      mirrored.map((image) => image.replace("mirror.test/public/", "")),
      unmirrored,
    );
  });

  it("merges further keys into the ConfigMap, whatever they are called", () => {
    const url = "https://studio.test";
    const own = configData(kaizenSettings, url);
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[A-Z_]{1,12}$/), fc.string()),
        (extraConfig) => {
          const merged = configData(
            { ...kaizenSettings, backend: { ...backend, extraConfig } },
            url,
          );
          for (const key of new Set([...Object.keys(own), ...Object.keys(extraConfig)])) {
            assert.equal(merged[key], extraConfig[key] ?? own[key]);
          }
          const keys = new Set([...Object.keys(own), ...Object.keys(extraConfig)]);
          assert.deepEqual(new Set(Object.keys(merged)), keys);
        },
      ),
    );
  });
});
