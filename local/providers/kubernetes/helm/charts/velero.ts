import { textAt } from "../../json-access.ts";
import type { Manifest } from "../../manifest.ts";
import { fullName } from "../chart-names.ts";
import type { ReleaseSpec } from "../release-inputs.ts";
import { CRDS_FOLDER, isOn, service, type StandInChart } from "./stand-in-chart.ts";

/** Velero: the Service of its metrics, and its definitions. Objects of its kinds the chart makes alone. */
export const velero: StandInChart = { definitions: CRDS_FOLDER, objects: veleroObjects };

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
