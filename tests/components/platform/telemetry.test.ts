import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { PlatformCapabilities } from "../../../components/core/platform-capabilities.ts";
import type { Grant } from "../../../components/core/workload-identity.ts";
import { ALERT_DEFAULTS } from "../../../components/platform/alert-settings.ts";
import { Platform, type PlatformArgs } from "../../../components/platform/index.ts";
import { PLATFORM_DEFAULTS } from "../../../components/platform/settings-defaults.ts";
import { byName, byType, type Recording } from "../../../plan/recording.ts";
import { platformCluster } from "../../support/platform-cluster.ts";
import { dependencyNames, recordOn } from "../../support/recorded-program.ts";

type On = "monitoring" | "logging" | "tracing";

interface Recorded {
  readonly recording: Recording;
  readonly capabilities: PlatformCapabilities;
  readonly namespaces: readonly string[];
  readonly commands: Readonly<Record<string, string>>;
  /** What the cluster was asked to allow, and whom. */
  readonly granted: readonly (readonly [account: string, grants: readonly Grant[]])[];
}

/** A platform with these alone on, on a cluster with an object store for logs. */
async function recordPlatform(...on: On[]): Promise<Recorded> {
  const granted: [string, readonly Grant[]][] = [];
  let platform: Platform | undefined;
  const recording = await recordOn(({ providers, earlier }) => {
    const cluster = platformCluster({
      objectStores: { logs: { api: "gcs", bucket: "logs" } },
      identityFor: ({ namespace, name }, grants) => {
        granted.push([`${namespace}/${name}`, grants]);
        return { serviceAccountAnnotations: {}, podLabels: {}, ready: [earlier] };
      },
    });
    const off = { enabled: false, replicas: 2 };
    const args: PlatformArgs = {
      ...PLATFORM_DEFAULTS,
      guard: "strict",
      cluster,
      certManager: { ...off, acmeEmail: "ops@studio.test" },
      ingressNginx: { ...off, exposure: "public" },
      metricsServer: { ...off, kubeletInsecureTls: false },
      monitoring: {
        enabled: on.includes("monitoring"),
        replicas: 2,
        retentionDays: 1,
        prometheusStorage: "1Gi",
        alerts: { ...ALERT_DEFAULTS, webhook: "critical" },
      },
      alertSecrets: { webhookUrl: pulumi.secret("https://webhook.invalid/fake") },
      logging: { ...PLATFORM_DEFAULTS.logging, enabled: on.includes("logging") },
      tracing: { ...PLATFORM_DEFAULTS.tracing, enabled: on.includes("tracing") },
    };
    platform = new Platform("platform", args, { providers });
  });
  assert.ok(platform);
  const { capabilities, namespaces, commands } = platform;
  return { recording, capabilities, namespaces, commands, granted };
}

/** Data sources by their name, as Grafana reads them: a doubled `$` is one. */
function dataSources(recording: Recording): Record<string, Record<string, unknown>> {
  const maps = byType(recording, "kubernetes:core/v1:ConfigMap");
  const ours = maps.filter(({ name }) => name.endsWith("-data-source"));
  const sources = ours.flatMap(({ inputs }) => {
    const { metadata, data } = inputs as {
      metadata: { namespace: string; labels: Record<string, string> };
      data: Record<string, string>;
    };
    assert.equal(metadata.namespace, "monitoring");
    assert.equal(metadata.labels["grafana_datasource"], "1");
    return Object.values(data).flatMap((text) => {
      assert.doesNotMatch(text, /(?<!\$)\$(?!\$)/);
      const file = JSON.parse(text.replaceAll("$$", "$")) as {
        datasources: Record<string, unknown>[];
      };
      return file.datasources;
    });
  });
  return Object.fromEntries(sources.map((source) => [String(source["uid"]), source]));
}

describe("logging on the platform", () => {
  it("installs Loki, allowed its bucket and nothing else, and then who brings lines", async () => {
    const { recording, granted } = await recordPlatform("monitoring", "logging");
    assert.deepEqual(granted, [
      ["logging/loki", [{ purpose: "read-write-bucket", bucket: "logs" }]],
    ]);
    const depends = (name: string) => dependencyNames(byName(recording, name));
    assert.ok(depends("platform-loki-release").includes("test-earlier"));
    assert.ok(depends("platform-fluent-bit-release").includes("platform-loki-release"));
  });

  it("keeps Loki's pods restricted, and reads nodes in a namespace of its own", async () => {
    const { recording, namespaces } = await recordPlatform("logging");
    assert.deepEqual(namespaces, ["logging", "fluent-bit"]);
    const levels = byType(recording, "kubernetes:core/v1:Namespace").map(({ inputs }) => {
      const { name, labels } = inputs["metadata"] as {
        name: string;
        labels: Record<string, string>;
      };
      return [name, labels["pod-security.kubernetes.io/enforce"]];
    });
    assert.deepEqual(levels.toSorted(), [
      ["fluent-bit", "privileged"],
      ["logging", "restricted"],
    ]);
  });

  it("is a capability, with or without somebody to look at it", async () => {
    for (const on of [["logging"], ["logging", "monitoring"]] as const) {
      assert.equal((await recordPlatform(...on)).capabilities.logs, true);
    }
    const { recording, capabilities } = await recordPlatform("monitoring");
    assert.equal(capabilities.logs, false);
    assert.deepEqual(dataSources(recording), {});
  });
});

describe("tracing on the platform", () => {
  it("comes after monitoring, with a volume and the Service of the guide (T-36, D-78)", async () => {
    const { recording, namespaces } = await recordPlatform("monitoring", "tracing");
    assert.deepEqual(namespaces, ["monitoring"]);
    const depends = (name: string) => dependencyNames(byName(recording, name));
    for (const before of [
      "platform-monitoring-release",
      "platform-tracing-claim",
      "platform-tracing-traffic",
    ]) {
      assert.ok(depends("platform-tracing-release").includes(before), before);
    }
    assert.ok(depends("platform-tracing-collector").includes("platform-tracing-release"));
    const { metadata, spec } = byName(recording, "platform-tracing-collector").inputs;
    const { name, namespace } = metadata as Record<string, string>;
    assert.deepEqual([name, namespace], ["jaeger-collector", "monitoring"]);
    assert.deepEqual((spec as { ports: object[] }).ports, [
      { name: "otlp-grpc", port: 4317, targetPort: 4317 },
      { name: "otlp-http", port: 4318, targetPort: 4318 },
    ]);
  });

  it("mounts the claim that it makes, where its configuration keeps traces", async () => {
    const { recording } = await recordPlatform("monitoring", "tracing");
    const { metadata } = byName(recording, "platform-tracing-claim").inputs;
    const { values } = byName(recording, "platform-tracing-release").inputs as {
      values: {
        jaeger: { extraVolumes: object[]; extraVolumeMounts: { mountPath: string }[] };
        userconfig: { extensions: { jaeger_storage: object } };
      };
    };
    assert.deepEqual(values.jaeger.extraVolumes, [
      {
        name: "traces",
        persistentVolumeClaim: { claimName: (metadata as { name: string }).name },
      },
    ]);
    const { mountPath } = values.jaeger.extraVolumeMounts[0] ?? {};
    assert.deepEqual(values.userconfig.extensions.jaeger_storage, {
      backends: {
        traces: {
          badger: {
            ephemeral: false,
            directories: { keys: `${mountPath}/keys`, values: `${mountPath}/values` },
            ttl: { spans: "168h" },
          },
        },
      },
    });
  });

  it("names in its pipeline only parts that its configuration has", async () => {
    const { recording } = await recordPlatform("monitoring", "tracing");
    const { values } = byName(recording, "platform-tracing-release").inputs as {
      values: { userconfig: Record<string, Record<string, unknown>> };
    };
    const { service, extensions, receivers, exporters } = values.userconfig;
    assert.deepEqual(
      (service?.["extensions"] as string[]).toSorted(),
      Object.keys(extensions ?? {}).toSorted(),
    );
    assert.deepEqual(service?.["pipelines"], {
      traces: { receivers: Object.keys(receivers ?? {}), exporters: Object.keys(exporters ?? {}) },
    });
  });

  it("says where traces go and who takes them, and lets every pod hand them in", async () => {
    const { recording, capabilities } = await recordPlatform("monitoring", "tracing");
    assert.deepEqual(capabilities.traces, {
      otlpEndpoint: "http://jaeger-collector.monitoring:4317",
    });
    const peer = capabilities.networkPeers.traces;
    assert.deepEqual(peer?.namespaceLabels, { "kubernetes.io/metadata.name": "monitoring" });
    const { spec } = byName(recording, "platform-tracing-traffic").inputs as {
      spec: { podSelector: { matchLabels: object }; ingress: object[] };
    };
    assert.deepEqual(spec.podSelector.matchLabels, peer.podLabels);
    const { spec: service } = byName(recording, "platform-tracing-collector").inputs;
    assert.deepEqual((service as { selector: object }).selector, peer.podLabels);
    assert.deepEqual(spec.ingress, [
      {
        from: [{ namespaceSelector: {} }],
        ports: [
          { protocol: "TCP", port: 4317 },
          { protocol: "TCP", port: 4318 },
        ],
      },
    ]);
  });

  it("is refused without monitoring", async () => {
    await assert.rejects(recordPlatform("tracing"), {
      message:
        "Invalid arguments:\n1. tracing.enabled: got true, expected false, because monitoring is off, whose " +
        "namespace it lives in and whose Grafana shows it. Turn monitoring on, or this off.",
    });
  });
});

describe("links between logs and traces", () => {
  it("lead from a line to its trace, and from a span to its lines", async () => {
    const { recording } = await recordPlatform("monitoring", "logging", "tracing");
    const { loki, jaeger } = dataSources(recording);
    const services = Object.fromEntries(
      ["loki", "jaeger"].map((name) => {
        const release = byName(
          recording,
          `platform-${name === "loki" ? "loki" : "tracing"}-release`,
        );
        return [
          name,
          `${String(release.inputs["name"])}.${String(release.inputs["namespace"])}.svc`,
        ];
      }),
    );
    assert.equal(loki?.["url"], `http://${services["loki"]}:3100`);
    assert.equal(jaeger?.["url"], `http://${services["jaeger"]}:16686`);
    const { derivedFields } = loki["jsonData"] as { derivedFields: Record<string, string>[] };
    const [link] = derivedFields;
    assert.ok(link !== undefined);
    assert.equal(link["datasourceUid"], jaeger["uid"]);
    assert.equal(link["url"], "${__value.raw}");
    const id = "0af7651916cd43dd8448eb211c80319c";
    const lines = [
      `{"level":"info","trace_id":"${id}"}`,
      `{"traceId": "${id}"}`,
      `level=info traceID=${id} msg=done`,
    ];
    for (const line of lines) {
      assert.equal(new RegExp(link["matcherRegex"] ?? "").exec(line)?.[1], id, line);
    }
    const { tracesToLogsV2 } = jaeger["jsonData"] as { tracesToLogsV2: Record<string, string> };
    assert.equal(tracesToLogsV2["datasourceUid"], loki["uid"]);
  });

  it("are left out where the other end is missing", async () => {
    const logs = dataSources((await recordPlatform("monitoring", "logging")).recording);
    assert.deepEqual(Object.keys(logs), ["loki"]);
    assert.doesNotMatch(JSON.stringify(logs), /jaeger/);
    const traces = dataSources((await recordPlatform("monitoring", "tracing")).recording);
    assert.deepEqual(Object.keys(traces), ["jaeger"]);
    assert.doesNotMatch(JSON.stringify(traces), /"loki"/);
  });
});

describe("commands of the platform", () => {
  it("lead to what is on, by Services that there are", async () => {
    const { commands } = await recordPlatform("monitoring", "tracing");
    assert.deepEqual(commands, {
      grafana: "kubectl --namespace monitoring port-forward service/grafana 3000:3000",
      grafanaPassword:
        "kubectl --namespace monitoring get secret grafana-admin " +
        `--output go-template='{{index .data "admin-password" | base64decode}}'`,
      prometheus: "kubectl --namespace monitoring port-forward service/prometheus 9090:9090",
      alertmanager:
        "kubectl --namespace monitoring port-forward " +
        "service/prometheus-kube-prometheus-alertmanager 9093:9093",
      jaeger: "kubectl --namespace monitoring port-forward service/jaeger 16686:16686",
    });
    assert.deepEqual((await recordPlatform("logging")).commands, {});
  });
});
