import { textAt } from "../../json-access.ts";
import { fullName } from "../chart-names.ts";
import { service, type StandInChart } from "./stand-in-chart.ts";

const PORTS = {
  "otlp-grpc": 4317,
  "otlp-http": 4318,
  "http-query": 16686,
  "grpc-query": 16685,
  "internal-metrics": 8888,
} as const;

/** Jaeger: its one Service, with the ports that anybody uses. */
export const jaeger: StandInChart = {
  objects: (release) => [
    service(
      release,
      fullName(release.name, "jaeger", textAt(release.values, "fullnameOverride")),
      {
        "app.kubernetes.io/name": "jaeger",
        "app.kubernetes.io/instance": release.name,
        "app.kubernetes.io/component": "all-in-one",
      },
      Object.entries(PORTS).map(([name, port]) => ({ name, port, targetPort: port })),
    ),
  ],
};
