import { underPath, type Problem } from "../core/problem.ts";
import { checkResourceBounds, type CpuAndMemory, type ResourceBounds } from "../core/quantity.ts";

/** What each container of each add-on requests and may use, where the stack file does not say. */
export const ADD_ON_RESOURCES = {
  certManager: {
    controller: {
      requests: { cpu: "50m", memory: "128Mi" },
      limits: { cpu: "500m", memory: "512Mi" },
    },
    webhook: {
      requests: { cpu: "20m", memory: "64Mi" },
      limits: { cpu: "200m", memory: "128Mi" },
    },
    /** It caches every Secret and definition in the cluster. */
    injector: {
      requests: { cpu: "50m", memory: "128Mi" },
      limits: { cpu: "500m", memory: "512Mi" },
    },
    startupCheck: {
      requests: { cpu: "10m", memory: "32Mi" },
      limits: { cpu: "100m", memory: "64Mi" },
    },
  },
  ingressNginx: {
    controller: {
      requests: { cpu: "100m", memory: "256Mi" },
      limits: { cpu: "1", memory: "1Gi" },
    },
    webhookJob: {
      requests: { cpu: "10m", memory: "32Mi" },
      limits: { cpu: "100m", memory: "64Mi" },
    },
  },
  envoyGateway: {
    controller: {
      requests: { cpu: "100m", memory: "256Mi" },
      limits: { cpu: "500m", memory: "1Gi" },
    },
    /** It holds request bodies in memory up to the limit of their route. */
    proxy: {
      requests: { cpu: "100m", memory: "256Mi" },
      limits: { cpu: "1", memory: "1Gi" },
    },
    certificateJob: {
      requests: { cpu: "10m", memory: "64Mi" },
      limits: { cpu: "100m", memory: "128Mi" },
    },
  },
  monitoring: {
    prometheus: {
      requests: { cpu: "250m", memory: "1Gi" },
      limits: { cpu: "2", memory: "4Gi" },
    },
    alertmanager: {
      requests: { cpu: "20m", memory: "64Mi" },
      limits: { cpu: "200m", memory: "256Mi" },
    },
    operator: {
      requests: { cpu: "50m", memory: "128Mi" },
      limits: { cpu: "500m", memory: "512Mi" },
    },
    configReloader: {
      requests: { cpu: "10m", memory: "32Mi" },
      limits: { cpu: "100m", memory: "64Mi" },
    },
    webhookJob: {
      requests: { cpu: "10m", memory: "32Mi" },
      limits: { cpu: "100m", memory: "64Mi" },
    },
    grafana: {
      requests: { cpu: "100m", memory: "256Mi" },
      limits: { cpu: "1", memory: "512Mi" },
    },
    grafanaSidecar: {
      requests: { cpu: "20m", memory: "96Mi" },
      limits: { cpu: "200m", memory: "192Mi" },
    },
    stateMetrics: {
      requests: { cpu: "20m", memory: "96Mi" },
      limits: { cpu: "500m", memory: "384Mi" },
    },
    nodeExporter: {
      requests: { cpu: "20m", memory: "32Mi" },
      limits: { cpu: "250m", memory: "128Mi" },
    },
  },
  metricsServer: {
    /** Serves a hundred nodes. */
    server: {
      requests: { cpu: "100m", memory: "200Mi" },
      limits: { cpu: "500m", memory: "512Mi" },
    },
  },
  prometheusAdapter: {
    adapter: {
      requests: { cpu: "50m", memory: "128Mi" },
      limits: { cpu: "500m", memory: "512Mi" },
    },
  },
  verticalPodAutoscaler: {
    recommender: {
      requests: { cpu: "50m", memory: "256Mi" },
      limits: { cpu: "500m", memory: "1Gi" },
    },
  },
  clusterAutoscaler: {
    /** It holds every node and pod of the cluster in memory. */
    autoscaler: {
      requests: { cpu: "100m", memory: "300Mi" },
      limits: { cpu: "1", memory: "1Gi" },
    },
  },
  loadBalancerController: {
    controller: {
      requests: { cpu: "50m", memory: "128Mi" },
      limits: { cpu: "500m", memory: "512Mi" },
    },
  },
  externalDns: {
    controller: {
      requests: { cpu: "20m", memory: "64Mi" },
      limits: { cpu: "200m", memory: "256Mi" },
    },
  },
  velero: {
    /** It holds the list of all objects of a namespace while it saves them. */
    server: {
      requests: { cpu: "100m", memory: "256Mi" },
      limits: { cpu: "1", memory: "1Gi" },
    },
    plugin: {
      requests: { cpu: "10m", memory: "32Mi" },
      limits: { cpu: "500m", memory: "128Mi" },
    },
  },
  postgresOperator: {
    operator: {
      requests: { cpu: "50m", memory: "128Mi" },
      limits: { cpu: "500m", memory: "512Mi" },
    },
    archiver: {
      requests: { cpu: "20m", memory: "64Mi" },
      limits: { cpu: "200m", memory: "256Mi" },
    },
  },
  externalSecrets: {
    controller: {
      requests: { cpu: "50m", memory: "128Mi" },
      limits: { cpu: "500m", memory: "512Mi" },
    },
    webhook: {
      requests: { cpu: "20m", memory: "64Mi" },
      limits: { cpu: "200m", memory: "256Mi" },
    },
    certController: {
      requests: { cpu: "20m", memory: "64Mi" },
      limits: { cpu: "200m", memory: "256Mi" },
    },
  },
  sealedSecrets: {
    controller: {
      requests: { cpu: "20m", memory: "64Mi" },
      limits: { cpu: "200m", memory: "256Mi" },
    },
  },
  logging: {
    loki: {
      requests: { cpu: "200m", memory: "512Mi" },
      limits: { cpu: "2", memory: "2Gi" },
    },
    /** On every node. */
    fluentBit: {
      requests: { cpu: "50m", memory: "64Mi" },
      limits: { cpu: "500m", memory: "256Mi" },
    },
  },
  tracing: {
    jaeger: {
      requests: { cpu: "100m", memory: "256Mi" },
      limits: { cpu: "1", memory: "1Gi" },
    },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, ResourceBounds>>>>;

export type AddOnName = keyof typeof ADD_ON_RESOURCES;

/** Sizes that a stack file writes, by part of the add-on: only what differs from the defaults (E-45). */
export type ResourceOverrides = Readonly<
  Record<
    string,
    | {
        readonly requests?: Partial<CpuAndMemory>;
        readonly limits?: Partial<CpuAndMemory>;
      }
    | undefined
  >
>;

// An alias and not ResourceBounds, because only aliases count as values of a chart.
type Size = { readonly cpu: string; readonly memory: string };
type Sizes = { readonly requests: Size; readonly limits: Size };

/** Sizes of all parts of an add-on: the defaults, and what the stack file says over them. */
export function resourcesOf<A extends AddOnName>(
  addOn: A,
  overrides: ResourceOverrides = {},
): Readonly<Record<keyof (typeof ADD_ON_RESOURCES)[A] & string, Sizes>> {
  const parts = Object.entries<ResourceBounds>(ADD_ON_RESOURCES[addOn]).map(([part, bounds]) => [
    part,
    {
      requests: { ...bounds.requests, ...overrides[part]?.requests },
      limits: { ...bounds.limits, ...overrides[part]?.limits },
    },
  ]);
  return Object.fromEntries(parts) as Record<keyof (typeof ADD_ON_RESOURCES)[A] & string, Sizes>;
}

/** Problems of the sizes that a stack file writes: malformed ones, and requests above limits. */
export function checkAddOnResources(
  addOn: AddOnName,
  overrides: ResourceOverrides = {},
): Problem[] {
  const sizes: Readonly<Record<string, ResourceBounds>> = resourcesOf(addOn, overrides);
  return Object.keys(overrides).flatMap((part) => {
    const bounds = sizes[part];
    return bounds === undefined ? [] : underPath("resources", checkResourceBounds(bounds, part));
  });
}
