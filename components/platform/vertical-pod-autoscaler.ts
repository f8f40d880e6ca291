import { resourcesOf, type ResourceOverrides } from "./add-on-resources.ts";
import type { ChartValues } from "./chart-values.ts";
import { PRIORITY_CLASSES } from "./priority-class-names.ts";

export interface VerticalPodAutoscalerValuesArgs {
  /** Whether the kind PodMonitor is served. */
  readonly monitored: boolean;
  /** Sizes that differ from the defaults in add-on-resources.ts; a change rolls the pods. */
  readonly resources?: ResourceOverrides;
}

/**
 * Values of the chart: the recommender alone (D-94). An updater or a webhook that changes pods would
 * fight the HPAs, which go by the same requests. One replica: a recommendation can wait for a new pod.
 */
export function verticalPodAutoscalerValues(args: VerticalPodAutoscalerValuesArgs): ChartValues {
  return {
    priorityClassName: PRIORITY_CLASSES.platform.name,
    recommender: {
      resources: resourcesOf("verticalPodAutoscaler", args.resources).recommender,
      podMonitor: { enabled: args.monitored },
    },
    updater: { enabled: false },
    admissionController: { enabled: false },
  };
}
