import type { Guard } from "../core/guard.ts";
import type { PlatformCapabilities, PodPeer } from "../core/platform-capabilities.ts";
import type { CertManager } from "./cert-manager.ts";
import type { ChartAddOn } from "./chart-add-on.ts";
import { CHARTS } from "./charts.ts";
import type { RouteKind } from "./envoy-gateway-settings.ts";
import { PROXY_LABELS } from "./envoy-gateway-values.ts";
import type { ExternalDns } from "./external-dns.ts";
import type { HttpGateway } from "./http-gateway.ts";
import { GATEWAY_ENTRANCE } from "./http-gateway-objects.ts";
import type { ExternalSecrets } from "./external-secrets.ts";
import { INGRESS_CLASS_NAME } from "./ingress-class.ts";
import { CONTROLLER_LABELS, type IngressNginx } from "./ingress-nginx.ts";
import type { LoggingAddOns } from "./install-logging.ts";
import type { MetricsAddOns } from "./install-metrics.ts";
import type { PostgresOperator } from "./postgres-operator.ts";
import { OPERATOR_LABELS } from "./postgres-operator-values.ts";
import { JAEGER_PODS, OTLP_ENDPOINT } from "./jaeger.ts";
import { PROMETHEUS_LABELS } from "./monitoring-values.ts";
import type { Monitoring } from "./monitoring.ts";
import { UNKNOWN_API_SERVER, type TrafficSurroundings } from "./add-on-traffic.ts";
import type { PlatformCluster } from "./platform-cluster.ts";
import { PRIORITY_CLASSES } from "./priority-class-names.ts";
import { secretBackendOf } from "./secret-backend.ts";
import type { PlatformSettings } from "./settings.ts";
import type { Tracing } from "./tracing.ts";

/** The add-ons of a stack; undefined is one that is off. */
export interface InstalledAddOns extends MetricsAddOns {
  readonly certManager: CertManager | undefined;
  readonly ingressNginx: IngressNginx | undefined;
  readonly httpGateway: HttpGateway | undefined;
  readonly monitoring: Monitoring | undefined;
  readonly clusterAutoscaler: ChartAddOn | undefined;
  readonly loadBalancerController: ChartAddOn | undefined;
  readonly externalDns: ExternalDns | undefined;
  readonly postgresOperator: PostgresOperator | undefined;
  readonly externalSecrets: ExternalSecrets | undefined;
  readonly sealedSecrets: ChartAddOn | undefined;
  readonly logging: LoggingAddOns | undefined;
  readonly tracing: Tracing | undefined;
}

/** What systems may rely on, from what is installed. */
export function capabilitiesOf(
  addOns: InstalledAddOns,
  {
    guard,
    cluster,
    routes,
    secretBackend,
    imageMirrorPrefix,
  }: {
    readonly guard: Guard;
    readonly routes: RouteKind;
    readonly cluster: PlatformCluster;
    readonly secretBackend: PlatformSettings["secretBackend"];
    readonly imageMirrorPrefix?: string;
  },
): PlatformCapabilities {
  const { certManager, monitoring } = addOns;
  const entrance = entranceOf(addOns, routes);
  return {
    ...(entrance === undefined ? {} : { ingress: entrance.ingress }),
    ...(certManager === undefined
      ? {}
      : {
          issuers: {
            names: [...certManager.issuers.keys()],
            ready: [...certManager.issuers.values()],
          },
        }),
    ...(monitoring === undefined ? {} : { monitors: { ready: [monitoring.release] } }),
    customMetrics: addOns.prometheusAdapter !== undefined,
    ...(addOns.tracing === undefined ? {} : { traces: { otlpEndpoint: OTLP_ENDPOINT } }),
    logs: addOns.logging !== undefined,
    networkPeers: {
      ...(entrance === undefined ? {} : { ingressController: entrance.pods }),
      ...(monitoring === undefined ? {} : { monitoring: SCRAPER }),
      ...(addOns.tracing === undefined ? {} : { traces: JAEGER_PODS }),
      dns: { pods: RESOLVER, addresses: cluster.networkPeers.dns },
    },
    priorityClasses: {
      data: PRIORITY_CLASSES.data.name,
      frontDoor: PRIORITY_CLASSES.frontDoor.name,
    },
    secretBackend: secretBackendOf({ secretBackend }, addOns, cluster),
    ...backups(cluster),
    ...(imageMirrorPrefix === undefined ? {} : { imageMirrorPrefix }),
    podSecurity: guard === "strict" ? "restricted" : "baseline",
    ...databases(addOns, cluster),
  };
}

interface Entrance {
  readonly ingress: NonNullable<PlatformCapabilities["ingress"]>;
  /** Who brings HTTP in. */
  readonly pods: readonly PodPeer[];
}

/** How HTTP comes in: by what is installed, of that by what routes are made of. */
function entranceOf(
  { ingressNginx, httpGateway }: InstalledAddOns,
  routes: RouteKind,
): Entrance | undefined {
  const nginx = routes === "gateway" ? undefined : ingressNginx;
  const envoy = routes === "ingress" ? undefined : httpGateway;
  if (nginx === undefined && envoy === undefined) return undefined;
  return {
    ingress: {
      ...(nginx === undefined ? {} : { className: INGRESS_CLASS_NAME }),
      ...(envoy === undefined ? {} : { gateway: GATEWAY_ENTRANCE }),
      ready: [nginx?.release, envoy?.gateway].filter((resource) => resource !== undefined),
    },
    pods: [
      ...(nginx === undefined ? [] : [podPeer(CHARTS.ingressNginx.namespace, CONTROLLER_LABELS)]),
      ...(envoy === undefined ? [] : [podPeer(CHARTS.envoyGateway.namespace, PROXY_LABELS)]),
    ],
  };
}

/** The cluster's object store for backups, and the ways out that its clients need. */
function backups({
  objectStores,
  networkPeers,
}: PlatformCluster): Pick<PlatformCapabilities, "backupDestination" | "backupPeers"> {
  if (objectStores.backups === undefined) return {};
  return {
    backupDestination: objectStores.backups,
    backupPeers: [...networkPeers.objectStorage, ...networkPeers.identityEndpoint],
  };
}

/** Who makes databases, and the way to the API server that these need. */
function databases(
  { postgresOperator }: InstalledAddOns,
  { networkPeers }: PlatformCluster,
): Pick<PlatformCapabilities, "postgresOperator"> {
  if (postgresOperator === undefined) return {};
  return {
    postgresOperator: {
      pods: podPeer(CHARTS.postgresOperator.namespace, OPERATOR_LABELS),
      apiServer: networkPeers.apiServer.length > 0 ? networkPeers.apiServer : [UNKNOWN_API_SERVER],
      ready: postgresOperator.ready,
    },
  };
}

/** CoreDNS and kube-dns alike carry this label. */
const RESOLVER = podPeer("kube-system", { "k8s-app": "kube-dns" });

const SCRAPER = podPeer(CHARTS.kubePrometheusStack.namespace, PROMETHEUS_LABELS);

/** What the network policies of add-ons have to know of their surroundings. */
export function surroundingsOf(args: {
  readonly cluster: PlatformCluster;
  readonly monitoring: { readonly enabled: boolean };
}): TrafficSurroundings {
  const { dns, apiServer } = args.cluster.networkPeers;
  return {
    dns: { pods: RESOLVER, addresses: dns },
    apiServer,
    ...(args.monitoring.enabled ? { monitoring: SCRAPER } : {}),
  };
}

function podPeer(namespace: string, podLabels: Readonly<Record<string, string>>): PodPeer {
  return { namespaceLabels: { "kubernetes.io/metadata.name": namespace }, podLabels };
}
