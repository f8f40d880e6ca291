import { textAt } from "../../json-access.ts";
import type { StandInChart } from "./stand-in-chart.ts";

/** The definitions of the operator for Prometheus alone. */
export const prometheusOperatorCrds: StandInChart = {
  definitions: {
    place: "templates",
    enabled: () => true,
    // The chart has no keep policy, unless an annotation of the values says so.
    kept: (values) => textAt(values, "crds", "annotations", "helm.sh/resource-policy") === "keep",
  },
  objects: () => [],
};
