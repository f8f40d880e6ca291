import type { WorkloadIdentity } from "../core/workload-identity.ts";
import { resourcesOf, type ResourceOverrides } from "./add-on-resources.ts";
import type { AddOnTraffic } from "./add-on-traffic.ts";
import type { ChartValues } from "./chart-values.ts";
import { CHARTS } from "./charts.ts";
import type { ClusterControllers } from "./cluster-controllers.ts";
import { topologySpread } from "./high-availability.ts";
import { accountAnnotations } from "./identity-values.ts";
import { PRIORITY_CLASSES } from "./priority-class-names.ts";
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from "./restricted-pods.ts";

export interface ClusterAutoscalerValuesArgs {
  /** Replicas, 1 to 5; one of them decides. */
  readonly replicas: number;
  readonly controllers: ClusterControllers;
  readonly identity: WorkloadIdentity;
  /** Whether the kind ServiceMonitor is served. */
  readonly monitored: boolean;
  /** Sizes that differ from the defaults in add-on-resources.ts; a change rolls the pods. */
  readonly resources?: ResourceOverrides;
}

/** Name of the ServiceAccount, which the cloud knows the autoscaler by. */
export const AUTOSCALER_ACCOUNT = "cluster-autoscaler";

/** Metrics, and the API of the cloud. */
export const CLUSTER_AUTOSCALER_TRAFFIC: AddOnTraffic = { metrics: [8085], internet: [443] };

/** Values of the chart: node groups are found by the tags that the cloud gives them. */
export function clusterAutoscalerValues(args: ClusterAutoscalerValuesArgs): ChartValues {
  const { replicas, controllers, identity, monitored } = args;
  const { api, clusterName, region } = controllers;
  return {
    cloudProvider: api,
    awsRegion: region,
    autoDiscovery: { clusterName },
    fullnameOverride: AUTOSCALER_ACCOUNT,
    nameOverride: AUTOSCALER_ACCOUNT,
    replicaCount: replicas,
    extraArgs: {
      // A group of nodes stands in one zone; those that differ in nothing else grow by turns.
      "balance-similar-node-groups": true,
      // Nearly every pod has an emptyDir, as its root is read-only; no node would ever be given back.
      "skip-nodes-with-local-storage": false,
      "skip-nodes-with-system-pods": false,
      expander: "least-waste",
    },
    rbac: {
      serviceAccount: { name: AUTOSCALER_ACCOUNT, annotations: accountAnnotations(identity) },
    },
    podLabels: identity.podLabels,
    priorityClassName: PRIORITY_CLASSES.platform.name,
    resources: resourcesOf("clusterAutoscaler", args.resources).autoscaler,
    securityContext: { ...RESTRICTED_POD, runAsUser: 65534, runAsGroup: 65534 },
    containerSecurityContext: RESTRICTED_CONTAINER,
    topologySpreadConstraints: topologySpread(replicas, {
      "app.kubernetes.io/name": AUTOSCALER_ACCOUNT,
      "app.kubernetes.io/instance": CHARTS.clusterAutoscaler.releaseName,
    }),
    serviceMonitor: { enabled: monitored, namespace: CHARTS.clusterAutoscaler.namespace },
  };
}
