import type * as k8s from "@pulumi/kubernetes";
import { tcpPort } from "../core/network-peer.ts";
import type { PodPeer } from "../core/platform-capabilities.ts";
import { resourcesOf } from "./add-on-resources.ts";
import type { ChartValues } from "./chart-values.ts";
import { CHARTS } from "./charts.ts";
import { JAEGER_PORTS, jaegerConfig, TRACES_FOLDER } from "./jaeger-config.ts";
import { platformLabels } from "./platform-namespace.ts";
import type { TracingSettings } from "./tracing-settings.ts";

const { namespace: NAMESPACE, releaseName: RELEASE_NAME } = CHARTS.jaeger;

/** The claim of the volume that holds the traces. */
const CLAIM = "jaeger-traces";

/** The Service that the guides send traces to (T-36). */
const COLLECTOR = "jaeger-collector";

/** Labels of Jaeger's pod. */
const JAEGER_LABELS = {
  "app.kubernetes.io/name": "jaeger",
  "app.kubernetes.io/instance": RELEASE_NAME,
  "app.kubernetes.io/component": "all-in-one",
} as const;

/** Whom pods send their traces to. */
export const JAEGER_PODS: PodPeer = {
  namespaceLabels: { "kubernetes.io/metadata.name": NAMESPACE },
  podLabels: JAEGER_LABELS,
};

/** Where pods send them, over gRPC, as a guide writes it (T-36). */
export const OTLP_ENDPOINT = `http://${COLLECTOR}.${NAMESPACE}:${JAEGER_PORTS.otlpGrpc}`;

/** Where Grafana asks for them. */
export const JAEGER_URL = `http://${RELEASE_NAME}.${NAMESPACE}.svc:${JAEGER_PORTS.query}`;

/**
 * Values of the chart: one pod for all, whose traces are on a volume. `monitored`: whether the kind
 * ServiceMonitor is served. The chart knows no priority class; a trace can be missed for a while.
 */
export function jaegerValues(settings: TracingSettings, monitored: boolean): ChartValues {
  return {
    userconfig: jaegerConfig(settings),
    jaeger: {
      resources: resourcesOf("tracing", settings.resources).jaeger,
      serviceAccount: { automountServiceAccountToken: false },
      // The chart names the user, and nothing else that the level restricted asks for.
      securityContext: {
        runAsNonRoot: true,
        seccompProfile: { type: "RuntimeDefault" },
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
      extraVolumes: [{ name: "traces", persistentVolumeClaim: { claimName: CLAIM } }],
      extraVolumeMounts: [{ name: "traces", mountPath: TRACES_FOLDER }],
    },
    extraObjects: monitored ? [SERVICE_MONITOR] : [],
  };
}

/** The chart has none of its own. */
const SERVICE_MONITOR: ChartValues = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "ServiceMonitor",
  metadata: { name: RELEASE_NAME },
  spec: {
    selector: { matchLabels: JAEGER_LABELS },
    endpoints: [{ port: "internal-metrics" }],
  },
};

/** The volume's claim. Apart from the release, so that traces outlive one that is installed anew. */
export function tracesClaim(
  { storage }: TracingSettings,
  storageClassName: string,
): k8s.core.v1.PersistentVolumeClaimArgs {
  return {
    metadata: {
      name: CLAIM,
      namespace: NAMESPACE,
      labels: platformLabels("tracing"),
      // The volume is made for the pod that asks for it, and that comes after the claim.
      annotations: { "pulumi.com/skipAwait": "true" },
    },
    spec: {
      storageClassName,
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage } },
    },
  };
}

/** The Service under the name that a guide sends traces to (T-36, D-78). */
export function collectorService(): k8s.core.v1.ServiceArgs {
  const port = (name: string, number: number) => ({ name, port: number, targetPort: number });
  return {
    metadata: {
      name: COLLECTOR,
      namespace: NAMESPACE,
      labels: platformLabels("tracing"),
      // Helm has waited for the pod already, in the release that this depends on.
      annotations: { "pulumi.com/skipAwait": "true" },
    },
    spec: {
      selector: JAEGER_LABELS,
      ports: [port("otlp-grpc", JAEGER_PORTS.otlpGrpc), port("otlp-http", JAEGER_PORTS.otlpHttp)],
    },
  };
}

/** Lets every pod of the cluster hand in traces; what else may come in, the namespace's own policy says. */
export function tracesPolicy(): k8s.networking.v1.NetworkPolicyArgs {
  return {
    metadata: { namespace: NAMESPACE, labels: platformLabels("tracing") },
    spec: {
      podSelector: { matchLabels: JAEGER_LABELS },
      policyTypes: ["Ingress"],
      ingress: [
        {
          from: [{ namespaceSelector: {} }],
          ports: [JAEGER_PORTS.otlpGrpc, JAEGER_PORTS.otlpHttp].map(tcpPort),
        },
      ],
    },
  };
}
