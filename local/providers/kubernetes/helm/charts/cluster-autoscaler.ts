import { textAt } from "../../json-access.ts";
import type { Manifest } from "../../manifest.ts";
import { fullName } from "../chart-names.ts";
import type { ReleaseSpec } from "../release-inputs.ts";
import { service, type StandInChart } from "./stand-in-chart.ts";

/** cluster-autoscaler: the Service of its metrics, named after the cloud unless it is told a name. */
export const clusterAutoscaler: StandInChart = {
  objects: (release: ReleaseSpec): Manifest[] => {
    const { values } = release;
    const api = textAt(values, "cloudProvider") ?? "aws";
    const part = textAt(values, "nameOverride") ?? `${api}-cluster-autoscaler`;
    const name = fullName(release.name, part, textAt(values, "fullnameOverride"));
    const selector = {
      "app.kubernetes.io/name": part,
      "app.kubernetes.io/instance": release.name,
    };
    return [service(release, name, selector, [{ name: "http", port: 8085, targetPort: 8085 }])];
  },
};
