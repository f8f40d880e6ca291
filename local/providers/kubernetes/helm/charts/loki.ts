import { textAt } from "../../json-access.ts";
import type { Manifest } from "../../manifest.ts";
import { fullName } from "../chart-names.ts";
import type { ReleaseSpec } from "../release-inputs.ts";
import { service, type Port, type StandInChart } from "./stand-in-chart.ts";

/** Loki in its mode Monolithic: its Services. */
export const loki: StandInChart = { objects: lokiObjects };

const PORTS: readonly Port[] = [
  { name: "http-metrics", port: 3100, targetPort: "http-metrics" },
  { name: "grpc", port: 9095, targetPort: "grpc" },
];

function lokiObjects(release: ReleaseSpec): Manifest[] {
  const name = fullName(release.name, "loki", textAt(release.values, "fullnameOverride"));
  const part = { "app.kubernetes.io/name": "loki", "app.kubernetes.io/instance": release.name };
  const selector = { ...part, "app.kubernetes.io/component": "single-binary" };
  const headless = { spec: { clusterIP: "None" } };
  return [
    service(release, name, selector, PORTS),
    service(release, `${name}-headless`, selector, PORTS, headless),
    service(
      release,
      `${name}-memberlist`,
      { ...part, "app.kubernetes.io/part-of": "memberlist" },
      [{ name: "tcp", port: 7946, targetPort: "http-memberlist" }],
      headless,
    ),
  ];
}
