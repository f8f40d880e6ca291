import { textAt } from "../../json-access.ts";
import type { ReleaseSpec } from "../release-inputs.ts";
import { isOn, service, type ChartDefinitions, type StandInChart } from "./stand-in-chart.ts";

const KEPT_TEMPLATES: ChartDefinitions = {
  place: "templates",
  enabled: (values) => isOn(values, "crds", "create"),
  kept: () => true,
};

const labels = ({ name }: ReleaseSpec, chart: string) => ({
  "app.kubernetes.io/name": chart,
  "app.kubernetes.io/instance": name,
});

/** CloudNativePG: the Service of its webhook, whose name is fixed, and its definitions. */
export const cloudnativePg: StandInChart = {
  definitions: KEPT_TEMPLATES,
  objects: (release) => [
    service(
      release,
      textAt(release.values, "service", "name") ?? "cnpg-webhook-service",
      labels(release, "cloudnative-pg"),
      [{ name: "webhook-server", port: 443, targetPort: "webhook-server" }],
    ),
  ],
};

/** Its plugin for backups: the Service by which the operator finds it, and its definitions. */
export const pluginBarmanCloud: StandInChart = {
  definitions: KEPT_TEMPLATES,
  objects: (release) => [
    service(
      release,
      textAt(release.values, "service", "name") ?? "barman-cloud",
      labels(release, "plugin-barman-cloud"),
      [{ name: "grpc", port: 9090, targetPort: 9090 }],
    ),
  ],
};
