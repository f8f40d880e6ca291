import { resourcesOf, type ResourceOverrides } from "./add-on-resources.ts";
import type { AddOnTraffic } from "./add-on-traffic.ts";
import type { ChartValues } from "./chart-values.ts";
import { CHARTS } from "./charts.ts";
import { topologySpread } from "./high-availability.ts";
import { PRIORITY_CLASSES } from "./priority-class-names.ts";
import { WEBHOOK_ANNOTATIONS } from "./webhook-annotations.ts";
import { POSTGRES_OPERATOR_WEBHOOK_PORT } from "./webhook-ports.ts";

/** Labels of the operator's pods, by which databases let it in. */
export const OPERATOR_LABELS = {
  "app.kubernetes.io/name": "cloudnative-pg",
  "app.kubernetes.io/instance": CHARTS.postgresOperator.releaseName,
} as const;

/** Webhook, metrics, and every server that it makes: its status page and PostgreSQL itself. */
export const POSTGRES_OPERATOR_TRAFFIC: AddOnTraffic = {
  webhooks: [POSTGRES_OPERATOR_WEBHOOK_PORT],
  metrics: [8080],
  to: [
    {
      pods: { namespaceLabels: {}, podLabels: { "cnpg.io/podRole": "instance" } },
      ports: [8000, 5432],
    },
  ],
};

export interface PostgresOperatorValuesArgs {
  /** Replicas of the operator, 1 to 5. */
  readonly replicas: number;
  /** Whether the kind PodMonitor is served. */
  readonly monitored: boolean;
  /** Sizes that differ from the defaults in add-on-resources.ts; a change rolls the pods. */
  readonly resources?: ResourceOverrides;
}

/** Values of the operator's chart. Its definitions are templates that stay when the release goes. */
export function postgresOperatorValues(args: PostgresOperatorValuesArgs): ChartValues {
  return {
    replicaCount: args.replicas,
    crds: { create: true },
    priorityClassName: PRIORITY_CLASSES.platform.name,
    resources: resourcesOf("postgresOperator", args.resources).operator,
    topologySpreadConstraints: topologySpread(args.replicas, OPERATOR_LABELS),
    monitoring: { podMonitorEnabled: args.monitored },
    // The chart has none for its webhooks alone.
    commonAnnotations: WEBHOOK_ANNOTATIONS,
  };
}

/**
 * Values of the chart of its plugin for backups, which puts a container beside each server that has an
 * archive. One replica, and no more: a second one would never be asked.
 */
export function postgresArchiverValues(
  args: Pick<PostgresOperatorValuesArgs, "resources">,
): ChartValues {
  return {
    replicaCount: 1,
    crds: { create: true },
    priorityClassName: PRIORITY_CLASSES.platform.name,
    resources: resourcesOf("postgresOperator", args.resources).archiver,
  };
}
