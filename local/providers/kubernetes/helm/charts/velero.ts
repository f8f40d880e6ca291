import { textAt } from "../../json-access.ts";
import type { Manifest } from "../../manifest.ts";
import { fullName } from "../chart-names.ts";
import type { ReleaseSpec } from "../release-inputs.ts";
import { isOn, service, type StandInChart } from "./stand-in-chart.ts";

/** Velero: the Service of its metrics. Objects of its kinds are made by the chart alone. */
export const velero: StandInChart = { objects: veleroObjects };

function veleroObjects(release: ReleaseSpec): Manifest[] {
  if (!isOn(release.values, "metrics", "enabled")) return [];
  const name = fullName(release.name, "velero", textAt(release.values, "fullnameOverride"));
  const selector = {
    name: "velero",
    "app.kubernetes.io/name": "velero",
    "app.kubernetes.io/instance": release.name,
  };
  return [
    service(release, name, selector, [
      { name: "http-monitoring", port: 8085, targetPort: "http-monitoring" },
    ]),
  ];
}
