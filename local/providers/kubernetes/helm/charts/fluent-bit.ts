import { textAt } from "../../json-access.ts";
import { fullName } from "../chart-names.ts";
import { service, type StandInChart } from "./stand-in-chart.ts";

/** Fluent Bit: the Service of its metrics. */
export const fluentBit: StandInChart = {
  objects: (release) => [
    service(
      release,
      fullName(release.name, "fluent-bit", textAt(release.values, "fullnameOverride")),
      { "app.kubernetes.io/name": "fluent-bit", "app.kubernetes.io/instance": release.name },
      [{ name: "http", port: 2020, targetPort: "http" }],
    ),
  ],
};
