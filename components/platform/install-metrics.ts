import { ChartAddOn } from "./chart-add-on.ts";
import { CHARTS } from "./charts.ts";
import { metricsServerValues } from "./metrics-server.ts";
import type { Monitoring } from "./monitoring.ts";
import type { PlatformArgs } from "./platform-args.ts";
import { prometheusAdapterValues } from "./prometheus-adapter.ts";
import { sizesIn, stageOptions, type Stage } from "./stage.ts";
import { verticalPodAutoscalerValues } from "./vertical-pod-autoscaler.ts";

type MetricsSettings = Pick<
  PlatformArgs,
  "metricsServer" | "prometheusAdapter" | "verticalPodAutoscaler" | "customMetrics"
>;

/** What autoscalers go by; undefined is off, or the cluster's own. */
export interface MetricsAddOns {
  readonly metricsServer: ChartAddOn | undefined;
  readonly prometheusAdapter: ChartAddOn | undefined;
  readonly verticalPodAutoscaler: ChartAddOn | undefined;
}

/** metrics-server, prometheus-adapter and the VPA, each where it is on and not there already. */
export function installMetrics(
  stage: Stage,
  args: MetricsSettings,
  monitoring: Monitoring | undefined,
): MetricsAddOns {
  return {
    metricsServer: installMetricsServer(stage, args),
    prometheusAdapter: installPrometheusAdapter(stage, args, monitoring),
    verticalPodAutoscaler: installVerticalPodAutoscaler(stage, args),
  };
}

function installMetricsServer(stage: Stage, { metricsServer }: MetricsSettings) {
  const { cluster, monitored } = stage.context;
  if (!metricsServer.enabled || cluster.builtIn.metricsServer) return undefined;
  return new ChartAddOn(
    `${stage.name}-metrics-server`,
    { pin: CHARTS.metricsServer, values: metricsServerValues(metricsServer, monitored) },
    stageOptions(stage),
  );
}

function installPrometheusAdapter(
  stage: Stage,
  { prometheusAdapter, customMetrics = [] }: MetricsSettings,
  monitoring: Monitoring | undefined,
) {
  if (!prometheusAdapter.enabled || monitoring === undefined) return undefined;
  return new ChartAddOn(
    `${stage.name}-prometheus-adapter`,
    {
      pin: CHARTS.prometheusAdapter,
      values: prometheusAdapterValues({
        replicas: prometheusAdapter.replicas,
        metrics: customMetrics,
        certificates: stage.context.certificates,
        ...sizesIn(prometheusAdapter),
      }),
    },
    stageOptions(stage, [monitoring.release]),
  );
}

function installVerticalPodAutoscaler(stage: Stage, { verticalPodAutoscaler }: MetricsSettings) {
  const { cluster, monitored, surroundings } = stage.context;
  if (!verticalPodAutoscaler.enabled || cluster.builtIn.verticalPodAutoscaler) return undefined;
  return new ChartAddOn(
    `${stage.name}-vertical-pod-autoscaler`,
    {
      pin: CHARTS.verticalPodAutoscaler,
      values: verticalPodAutoscalerValues({ monitored, ...sizesIn(verticalPodAutoscaler) }),
      home: { podSecurity: "restricted", traffic: { metrics: [8942] }, surroundings },
      // Its kinds lie in the chart's crds folder; docs/runbooks/upgrade-definitions.md upgrades them.
      skipCrds: false,
    },
    stageOptions(stage),
  );
}
