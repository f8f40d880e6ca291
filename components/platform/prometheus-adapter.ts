import { resourcesOf, type ResourceOverrides } from "./add-on-resources.ts";
import type { ChartValues } from "./chart-values.ts";
import { CHARTS } from "./charts.ts";
import { topologySpread } from "./high-availability.ts";
import { PROMETHEUS_URL } from "./monitoring-values.ts";
import { PRIORITY_CLASSES } from "./priority-class-names.ts";

/** A metric that pods export and an HPA may scale on. */
export interface CustomMetric {
  /** The series, such as `ai_tasks_queue_depth`; it becomes the name of the metric too. */
  readonly series: string;
  /** How the values of several series of one pod become one: by their sum, or the largest. */
  readonly combine: "sum" | "max";
}

export interface PrometheusAdapterValuesArgs {
  /** Replicas, 1 to 5. */
  readonly replicas: number;
  /** Metrics of the systems; each is one rule, so that no series is offered that nobody asked for. */
  readonly metrics: readonly CustomMetric[];
  /** Whether cert-manager signs its certificate; else the API server takes any. */
  readonly certificates: boolean;
  /** Sizes that differ from the defaults in add-on-resources.ts; a change rolls the pods. */
  readonly resources?: ResourceOverrides;
}

/** Values of the chart. The API of external metrics is left to others: only one server may have it. */
export function prometheusAdapterValues(args: PrometheusAdapterValuesArgs): ChartValues {
  const { replicas, metrics, certificates } = args;
  const { host, port } = PROMETHEUS_URL;
  return {
    replicas,
    prometheus: { url: `http://${host}`, port },
    rules: { default: false, custom: metrics.map(customRule), external: [] },
    certManager: { enabled: certificates },
    priorityClassName: PRIORITY_CLASSES.platform.name,
    resources: resourcesOf("prometheusAdapter", args.resources).adapter,
    // The chart sets maxUnavailable itself, and takes one of the two alone.
    podDisruptionBudget: { enabled: replicas > 1 },
    topologySpreadConstraints: topologySpread(replicas, {
      "app.kubernetes.io/name": "prometheus-adapter",
      "app.kubernetes.io/instance": CHARTS.prometheusAdapter.releaseName,
    }),
  };
}

/** The rule that offers a series of pods under its own name (E-06). */
export function customRule({ series, combine }: CustomMetric): ChartValues {
  return {
    seriesQuery: `${series}{namespace!="",pod!=""}`,
    resources: {
      overrides: { namespace: { resource: "namespace" }, pod: { resource: "pod" } },
    },
    name: { matches: "", as: series },
    metricsQuery: `${combine}(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)`,
  };
}
