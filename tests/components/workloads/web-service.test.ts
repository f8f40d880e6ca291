import assert from "node:assert/strict";
import {
  AppConfig,
  GeneratedSecrets,
  WebService,
  type WebServiceArgs,
} from "../../../components/workloads/index.ts";
import { byName, Secret, type Recording } from "../../../plan/recording.ts";
import { fullCapabilities } from "../../support/capabilities.ts";
import { dependencyNames, outline, recordOn } from "../../support/recorded-program.ts";
import { appConfigArgs, secretsArgs, webServiceArgs } from "../../support/workload-fixtures.ts";

const hpa = { minReplicas: 3, maxReplicas: 20, cpuUtilization: 60, memoryUtilization: 70 };
const selector = {
  "app.kubernetes.io/name": "kaizen-studio",
  "app.kubernetes.io/component": "backend",
};
const labels = { ...selector, "app.kubernetes.io/managed-by": "slipway" };

function recordService(change: Partial<WebServiceArgs> = {}): Promise<Recording> {
  return recordOn(
    ({ providers }) => new WebService("backend", { ...webServiceArgs, ...change }, { providers }),
  );
}

const specOf = (recording: Recording, name: string) =>
  byName(recording, name).inputs["spec"] as Record<string, unknown>;

describe("WebService", () => {
  it("makes Deployment, Service, ServiceAccount and a disruption budget", async () => {
    assert.deepEqual(outline(await recordService()), [
      "Deployment backend-deployment",
      "PodDisruptionBudget backend-pdb",
      "Service backend-service",
      "ServiceAccount backend-service-account",
      "WebService backend",
    ]);
  });

  it("rolls one pod at a time with none missing", async () => {
    const { template, ...spec } = specOf(await recordService(), "backend-deployment");
    assert.ok(template !== undefined);
    assert.deepEqual(spec, {
      replicas: 2,
      revisionHistoryLimit: 10,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      selector: { matchLabels: selector },
    });
  });

  it("names objects as people do, and gives the account no token", async () => {
    const recording = await recordService();
    const named = (name: string) => ({ namespace: "studio", name, labels });
    assert.deepEqual(byName(recording, "backend-deployment").inputs["metadata"], named("backend"));
    const { inputs } = byName(recording, "backend-service-account");
    assert.deepEqual(inputs["metadata"], named("backend"));
    assert.equal(inputs["automountServiceAccountToken"], false);
    const service = byName(recording, "backend-service").inputs;
    assert.deepEqual(service["metadata"], named("backend-service"));
    assert.deepEqual(service["spec"], {
      type: "ClusterIP",
      selector,
      ports: [{ name: "http", port: 80, targetPort: "http", protocol: "TCP" }],
    });
  });

  it("leaves the replicas to the HPA where there is one", async () => {
    const recording = await recordService({ scale: { autoscaling: hpa }, minAvailable: 2 });
    assert.ok(!("replicas" in specOf(recording, "backend-deployment")));
    assert.equal(specOf(recording, "backend-hpa")["maxReplicas"], 20);
    assert.deepEqual(byName(recording, "backend-hpa").inputs["metadata"], {
      namespace: "studio",
      name: "backend-hpa",
      labels,
    });
    assert.equal(specOf(recording, "backend-pdb")["minAvailable"], 2);
    for (const name of ["backend-hpa", "backend-pdb"]) {
      assert.deepEqual(dependencyNames(byName(recording, name)), ["backend-deployment"]);
    }
  });

  it("starts only its pods after what has to be done before", async () => {
    const recording = await recordOn(
      ({ providers, earlier }) =>
        new WebService("backend", { ...webServiceArgs, after: [earlier] }, { providers }),
    );
    assert.deepEqual(dependencyNames(byName(recording, "backend-deployment")), [
      "backend-service-account",
      "test-earlier",
    ]);
    assert.deepEqual(dependencyNames(byName(recording, "backend-service")), []);
  });

  it("runs nothing when suspended, and keeps Service and account", async () => {
    const recording = await recordService({ scale: { autoscaling: hpa }, suspended: true });
    assert.deepEqual(outline(recording), [
      "Deployment backend-deployment",
      "Service backend-service",
      "ServiceAccount backend-service-account",
      "WebService backend",
    ]);
    assert.equal(specOf(recording, "backend-deployment")["replicas"], 0);
    const { annotations } = byName(recording, "backend-service").inputs["metadata"] as {
      annotations: unknown;
    };
    assert.deepEqual(annotations, { "pulumi.com/skipAwait": "true" });
  });

  it("gives the cloud's identity to account and pods", async () => {
    const workloadIdentity = {
      serviceAccountAnnotations: { "cloud.test/role": "backend" },
      podLabels: { "cloud.test/use": "true" },
      ready: [],
    };
    const recording = await recordService({ workloadIdentity });
    assert.deepEqual(byName(recording, "backend-service-account").inputs["metadata"], {
      namespace: "studio",
      name: "backend",
      labels,
      annotations: { "cloud.test/role": "backend" },
    });
    const { template } = specOf(recording, "backend-deployment") as {
      template: { metadata: { labels: unknown } };
    };
    assert.deepEqual(template.metadata.labels, { ...labels, "cloud.test/use": "true" });
  });

  it("has no disruption budget that would block a drain", async () => {
    const names = outline(await recordService({ scale: { replicas: 1 } }));
    assert.ok(!names.includes("PodDisruptionBudget backend-pdb"));
  });

  it("makes a monitor where there is something to read it, after that", async () => {
    const recording = await recordOn(({ providers, earlier }) => {
      const { monitors } = fullCapabilities(earlier);
      const metrics = { path: "/metrics", monitors };
      return new WebService("backend", { ...webServiceArgs, metrics }, { providers });
    });
    const monitor = byName(recording, "backend-monitor");
    assert.equal(monitor.type, "kubernetes:monitoring.coreos.com/v1:ServiceMonitor");
    assert.deepEqual(monitor.inputs, {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "ServiceMonitor",
      metadata: { namespace: "studio", labels },
      spec: {
        selector: { matchLabels: selector },
        jobLabel: "app.kubernetes.io/component",
        endpoints: [{ port: "http", path: "/metrics", interval: "30s" }],
      },
    });
    assert.deepEqual(dependencyNames(monitor), ["test-earlier"]);
    // The pods do not wait for what only their monitor needs.
    assert.deepEqual(dependencyNames(byName(recording, "backend-deployment")), [
      "backend-service-account",
    ]);
  });

  it("makes no monitor where nothing would read it", async () => {
    const metrics = { path: "/metrics", monitors: undefined };
    assert.deepEqual(outline(await recordService({ metrics })), outline(await recordService()));
  });

  it("gives an alias the same pods, but not the labels by which a monitor finds it", async () => {
    const service = { name: "frontend-service", port: 80, aliases: ["web-service"] };
    const recording = await recordService({ service });
    const alias = byName(recording, "backend-service-web-service");
    assert.deepEqual(alias.inputs["metadata"], {
      namespace: "studio",
      name: "web-service",
      labels: { "app.kubernetes.io/name": "kaizen-studio" },
    });
    assert.deepEqual(alias.inputs["spec"], specOf(recording, "backend-service"));
  });

  it("waits for its configuration and rolls when it changes, with nothing secret in sight", async () => {
    const recording = await recordOn(({ providers }) => {
      const config = new AppConfig("config", appConfigArgs, { providers }).source;
      const secrets = new GeneratedSecrets("secrets", secretsArgs("given"), { providers }).source;
      const env = { REDIS_URL: { source: secrets, key: "url" } };
      const args = { ...webServiceArgs, envFrom: [config], env };
      return new WebService("backend", args, { providers });
    });
    const deployment = byName(recording, "backend-deployment");
    assert.deepEqual(dependencyNames(deployment), [
      "backend-service-account",
      "config-configmap",
      "secrets-checksum-salt",
      "secrets-secret",
    ]);
    const { template } = deployment.inputs["spec"] as {
      template: { metadata: { annotations: Record<string, unknown> } };
    };
    const { annotations } = template.metadata;
    assert.deepEqual(Object.keys(annotations), [
      "checksum/configmap-studio-config",
      "checksum/secret-studio-secrets",
    ]);
    for (const checksum of Object.values(annotations)) {
      assert.match(String(checksum), /^[0-9a-f]{64}$/);
    }
    assert.ok(!holdsSecret(deployment.inputs));
  });

  it("refuses what cannot run, all at once", async () => {
    const bad = recordOn(({ providers }) => {
      const source = new AppConfig("config", appConfigArgs, { providers }).source;
      const args = {
        ...webServiceArgs,
        image: "registry.test/backend",
        port: 80,
        service: { name: "backend", port: 0 },
        minAvailable: 0,
        env: { LEVEL: { source, key: "LEVEL" } },
      };
      return new WebService("backend", args, { providers });
    });
    await assert.rejects(bad, {
      message: [
        "Invalid arguments:",
        '1. image: got "registry.test/backend", expected a tag or digest. ' +
          "Write registry.test/backend:v1.0.0 or the like.",
        "2. minAvailable: got 0, expected a whole number of at least 1. " +
          "Write how many there are to be.",
        '3. env.LEVEL: got "LEVEL", expected a key of ConfigMap studio-config. It has LOG_LEVEL.',
        "4. port: got 80, expected a port from 1024 to 65535. " +
          "Let the image listen on a port that needs no root.",
        "5. service.port: got 0, expected a port from 1 to 65535. Choose another port.",
      ].join("\n"),
    });
  });
});

function holdsSecret(value: unknown): boolean {
  if (value instanceof Secret) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsSecret);
}
