import assert from "node:assert/strict";
import { byName, maskSecrets, reveal, type Recording } from "../../../plan/recording.ts";
import { recordStudio } from "../../support/kaizen-studio-recording.ts";
import { dependencyNames, madeBy, outline } from "../../support/recorded-program.ts";
import { kaizenSettings } from "../../support/workload-fixtures.ts";

const inputsOf = (recording: Recording, name: string) => byName(recording, name).inputs;

describe("KaizenStudio", () => {
  it("is a namespace, configuration, two services with their data stores, and a route", async () => {
    assert.deepEqual(outline(await recordStudio()), [
      "AppConfig kaizen-studio-config",
      "Backup kaizen-studio-postgres-backup",
      "Backup kaizen-studio-redis-backup",
      "ConfigMap kaizen-studio-config-configmap",
      "ConfigMap kaizen-studio-monitoring-dashboard",
      "ConfigMap kaizen-studio-postgres-backup-files",
      "ConfigMap kaizen-studio-postgres-files",
      "ConfigMap kaizen-studio-redis-backup-files",
      "ConfigMap kaizen-studio-redis-files",
      "Connections kaizen-studio-connections",
      "CronJob kaizen-studio-postgres-backup-schedule-cronjob",
      "CronJob kaizen-studio-redis-backup-schedule-cronjob",
      "Deployment kaizen-studio-backend-deployment",
      "Deployment kaizen-studio-frontend-deployment",
      "Deployment kaizen-studio-redis-deployment",
      "GeneratedSecrets kaizen-studio-secrets",
      "HorizontalPodAutoscaler kaizen-studio-backend-hpa",
      "Ingress kaizen-studio-route-ingress",
      "Job kaizen-studio-migration-job-9e1a838f02",
      "KaizenStudio kaizen-studio",
      "LimitRange kaizen-studio-namespace-limits",
      "Migration kaizen-studio-migration",
      "Namespace kaizen-studio-namespace-namespace",
      "NetworkPolicy kaizen-studio-connections-backend-policy",
      "NetworkPolicy kaizen-studio-connections-frontend-policy",
      "NetworkPolicy kaizen-studio-connections-migration-policy",
      "NetworkPolicy kaizen-studio-connections-postgres-backup-policy",
      "NetworkPolicy kaizen-studio-connections-postgres-policy",
      "NetworkPolicy kaizen-studio-connections-redis-backup-policy",
      "NetworkPolicy kaizen-studio-connections-redis-policy",
      "NetworkPolicy kaizen-studio-namespace-default-deny",
      "NetworkPolicy kaizen-studio-namespace-dns",
      "NetworkPolicy kaizen-studio-route-challenge-policy",
      "PersistentVolumeClaim kaizen-studio-postgres-backup-claim-postgres-backup",
      "PersistentVolumeClaim kaizen-studio-postgres-server-claim-data-postgres-0",
      "PersistentVolumeClaim kaizen-studio-redis-backup-claim-redis-backup",
      "PersistentVolumeClaim kaizen-studio-redis-claim-redis-data",
      "PodDisruptionBudget kaizen-studio-backend-pdb",
      "PodDisruptionBudget kaizen-studio-frontend-pdb",
      "Postgres kaizen-studio-postgres",
      "PrometheusRule kaizen-studio-monitoring-rules",
      "RandomBytes kaizen-studio-secrets-encryption-key",
      "RandomBytes kaizen-studio-secrets-jwt-secret",
      "RandomPassword kaizen-studio-secrets-checksum-salt",
      "RandomPassword kaizen-studio-secrets-postgres-password",
      "RandomPassword kaizen-studio-secrets-redis-password",
      "Redis kaizen-studio-redis",
      "ResourceQuota kaizen-studio-namespace-quota",
      "Route kaizen-studio-route",
      "ScheduledJob kaizen-studio-postgres-backup-schedule",
      "ScheduledJob kaizen-studio-redis-backup-schedule",
      "Secret kaizen-studio-secrets-secret",
      "Service kaizen-studio-backend-service",
      "Service kaizen-studio-frontend-service",
      "Service kaizen-studio-frontend-service-web-service",
      "Service kaizen-studio-postgres-server-headless",
      "Service kaizen-studio-postgres-server-service",
      "Service kaizen-studio-redis-service",
      "ServiceAccount kaizen-studio-backend-service-account",
      "ServiceAccount kaizen-studio-frontend-service-account",
      "ServiceAccount kaizen-studio-migration-service-account",
      "ServiceAccount kaizen-studio-postgres-backup-schedule-service-account",
      "ServiceAccount kaizen-studio-postgres-server-service-account",
      "ServiceAccount kaizen-studio-redis-backup-schedule-service-account",
      "ServiceAccount kaizen-studio-redis-service-account",
      "ServiceMonitor kaizen-studio-backend-monitor",
      "ServiceMonitor kaizen-studio-postgres-server-monitor",
      "ServiceMonitor kaizen-studio-redis-monitor",
      "StatefulService kaizen-studio-postgres-server",
      "StatefulSet kaizen-studio-postgres-server-statefulset",
      "SystemMonitoring kaizen-studio-monitoring",
      "SystemNamespace kaizen-studio-namespace",
      "WebService kaizen-studio-backend",
      "WebService kaizen-studio-frontend",
    ]);
  });

  it("calls things what the guide calls them", async () => {
    const named = madeBy(await recordStudio()).flatMap(({ type, inputs }) => {
      const { name } = (inputs["metadata"] ?? {}) as { name?: string };
      return name === undefined ? [] : [`${type.split(":").at(-1) ?? ""} ${name}`];
    });
    assert.deepEqual(named.toSorted(), [
      "ConfigMap kaizen-studio-config",
      "ConfigMap kaizen-studio-dashboard",
      "ConfigMap postgres-backup-scripts",
      "ConfigMap postgres-files",
      "ConfigMap redis-backup-scripts",
      "ConfigMap redis-files",
      "CronJob postgres-backup",
      "CronJob redis-backup",
      "Deployment backend",
      "Deployment frontend",
      "Deployment redis",
      "HorizontalPodAutoscaler backend-hpa",
      "Ingress kaizen-studio-ingress",
      "Job migration-9e1a838f02",
      "Namespace kaizen-studio",
      "PersistentVolumeClaim data-postgres-0",
      "PersistentVolumeClaim postgres-backup",
      "PersistentVolumeClaim redis-backup",
      "PersistentVolumeClaim redis-data",
      "Secret kaizen-studio-secrets",
      "Service backend-service",
      "Service frontend-service",
      "Service postgres-service",
      "Service postgres-service-headless",
      "Service redis-service",
      "Service web-service",
      "ServiceAccount backend",
      "ServiceAccount frontend",
      "ServiceAccount migration",
      "ServiceAccount postgres",
      "ServiceAccount postgres-backup",
      "ServiceAccount redis",
      "ServiceAccount redis-backup",
      "StatefulSet postgres",
    ]);
  });

  it("labels every pod with the system and its part", async () => {
    const recording = await recordStudio();
    for (const part of ["backend", "frontend"]) {
      const { template } = inputsOf(recording, `kaizen-studio-${part}-deployment`)["spec"] as {
        template: { metadata: { labels: Record<string, string> } };
      };
      assert.equal(template.metadata.labels["app.kubernetes.io/name"], "kaizen-studio");
      assert.equal(template.metadata.labels["app.kubernetes.io/component"], part);
    }
  });

  it("migrates when the database is there, and starts the backend when that is done", async () => {
    const recording = await recordStudio();
    const needs = (name: string) => dependencyNames(byName(recording, name));
    const job = "kaizen-studio-migration-job-9e1a838f02";
    for (const earlier of [
      "kaizen-studio-postgres-server-statefulset",
      "kaizen-studio-connections-migration-policy",
    ]) {
      assert.ok(needs(job).includes(earlier), earlier);
    }
    for (const earlier of [job, "kaizen-studio-redis-deployment"]) {
      assert.ok(needs("kaizen-studio-backend-deployment").includes(earlier), earlier);
    }
    assert.ok(!needs("kaizen-studio-frontend-deployment").includes(job));
  });

  it("protects the volumes under guard strict until their data is given up", async () => {
    const isProtected = async (change: Parameters<typeof recordStudio>[0]) =>
      madeBy(await recordStudio(change))
        .filter(({ type }) => type.endsWith(":PersistentVolumeClaim"))
        .map((claim) => claim.protect);
    assert.deepEqual(await isProtected({}), [true, true, true, true]);
    assert.deepEqual(await isProtected({ guard: "relaxed" }), [false, false, false, false]);
    const givenUp = { settings: { state: "suspended", deleteData: true } } as const;
    assert.deepEqual(await isProtected(givenUp), [false, false, false, false]);
  });

  it("puts every object of the namespace after the namespace, its policies and its quota", async () => {
    const home = [
      "kaizen-studio-namespace-default-deny",
      "kaizen-studio-namespace-dns",
      "kaizen-studio-namespace-limits",
      "kaizen-studio-namespace-namespace",
      "kaizen-studio-namespace-quota",
    ];
    const inside = madeBy(await recordStudio()).filter(
      ({ type, name }) =>
        type.startsWith("kubernetes:") && !name.startsWith("kaizen-studio-namespace-"),
    );
    assert.equal(inside.length, 47);
    for (const resource of inside) {
      const missing = home.filter((name) => !dependencyNames(resource).includes(name));
      assert.deepEqual(missing, [], resource.name);
    }
  });

  it("keeps the data of the backend in ConfigMap and Secret under the published keys", async () => {
    const recording = await recordStudio();
    assert.deepEqual(inputsOf(recording, "kaizen-studio-config-configmap")["data"], {
      CORS_ORIGINS: "https://studio.test",
      FRONTEND_URL: "https://studio.test",
      DEBUG: "false",
      LOG_LEVEL: "INFO",
      JWT_ALGORITHM: "HS256",
    });
    const { data } = inputsOf(recording, "kaizen-studio-secrets-secret");
    assert.deepEqual(Object.keys(maskSecrets(data) as object).toSorted(), [
      "azure-client-id",
      "azure-client-secret",
      "database-url",
      "encryption-key",
      "jwt-secret",
      "postgres-db",
      "postgres-password",
      "postgres-user",
      "redis-password",
      "redis-url",
    ]);
  });

  it("takes given passwords, generates no others for them, and makes URLs of them", async () => {
    const recording = await recordStudio(
      {},
      { postgresPassword: "p@ss", redisPassword: "r", jwtSecret: "j", encryptionKey: "e" },
    );
    const { data } = reveal(inputsOf(recording, "kaizen-studio-secrets-secret")) as {
      data: Record<string, string>;
    };
    const texts = Object.fromEntries(
      Object.entries(data).map(([key, value]) => [key, Buffer.from(value, "base64").toString()]),
    );
    assert.deepEqual(texts, {
      "postgres-user": "kaizen_user",
      "postgres-db": "kaizen_studio",
      "postgres-password": "p@ss",
      "redis-password": "r",
      "jwt-secret": "j",
      "encryption-key": "e",
      "azure-client-id": kaizenSettings.azureClientId,
      "azure-client-secret": "from-config",
      "database-url": "postgresql://kaizen_user:p%40ss@postgres-service:5432/kaizen_studio",
      "redis-url": "redis://:r@redis-service:6379/0",
    });
    const generated = outline(recording).filter((line) => line.startsWith("Random"));
    assert.deepEqual(generated, ["RandomPassword kaizen-studio-secrets-checksum-salt"]);
  });

  it("shows debug pages only where debug says so", async () => {
    const recording = await recordStudio({ settings: { debug: true }, guard: "relaxed" });
    const { data } = inputsOf(recording, "kaizen-studio-config-configmap") as {
      data: Record<string, string>;
    };
    assert.deepEqual([data["DEBUG"], data["LOG_LEVEL"]], ["true", "DEBUG"]);
  });

  it("keeps the guide's disruption budgets where they let a drain go on", async () => {
    const budgets = async (minReplicas: number, replicas: number) => {
      const hpa = { ...kaizenSettings.backend.hpa, minReplicas };
      const recording = await recordStudio({
        guard: "relaxed",
        settings: {
          backend: { ...kaizenSettings.backend, hpa },
          frontend: { ...kaizenSettings.frontend, replicas },
        },
      });
      return madeBy(recording)
        .filter(({ type }) => type.endsWith(":PodDisruptionBudget"))
        .map(({ name, inputs }) => {
          const { minAvailable } = inputs["spec"] as { minAvailable: number };
          return `${name} ${minAvailable}`;
        })
        .toSorted();
    };
    assert.deepEqual(await budgets(3, 2), [
      "kaizen-studio-backend-pdb 2",
      "kaizen-studio-frontend-pdb 1",
    ]);
    assert.deepEqual(await budgets(2, 2), [
      "kaizen-studio-backend-pdb 1",
      "kaizen-studio-frontend-pdb 1",
    ]);
    assert.deepEqual(await budgets(1, 1), []);
  });
});
