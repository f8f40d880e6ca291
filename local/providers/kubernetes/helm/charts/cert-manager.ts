import { at, textAt } from "../../json-access.ts";
import type { Manifest } from "../../manifest.ts";
import { fullName } from "../chart-names.ts";
import type { ReleaseSpec } from "../release-inputs.ts";
import { isOn, service, type StandInChart } from "./stand-in-chart.ts";

/** cert-manager: the Services of controller and webhook, and its definitions from templates. */
export const certManager: StandInChart = {
  definitions: {
    place: "templates",
    enabled: (values) => at(values, "crds", "enabled") === true || values["installCRDs"] === true,
    kept: (values) => isOn(values, "crds", "keep"),
  },
  objects: certManagerObjects,
};

function certManagerObjects(release: ReleaseSpec): Manifest[] {
  const name = fullName(release.name, "cert-manager", textAt(release.values, "fullnameOverride"));
  const labels = (component: string, part: string) => ({
    "app.kubernetes.io/name": part,
    "app.kubernetes.io/instance": release.name,
    "app.kubernetes.io/component": component,
  });
  const metrics = { name: "http-metrics", port: 9402, targetPort: "http-metrics" };
  const controller = labels("controller", "cert-manager");
  const webhook = labels("webhook", "webhook");
  const https = { name: "https", port: 443, targetPort: "https" };
  const measured = isOn(release.values, "prometheus", "enabled");
  return [
    ...(measured ? [service(release, name, controller, [metrics])] : []),
    service(release, `${name}-webhook`, webhook, measured ? [https, metrics] : [https]),
  ];
}
