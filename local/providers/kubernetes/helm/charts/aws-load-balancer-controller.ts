import { at, textAt } from "../../json-access.ts";
import type { Manifest } from "../../manifest.ts";
import { fullName } from "../chart-names.ts";
import type { ReleaseSpec } from "../release-inputs.ts";
import { service, type StandInChart } from "./stand-in-chart.ts";

/** aws-load-balancer-controller: the Services of its webhook and of its metrics. */
export const awsLoadBalancerController: StandInChart = {
  objects: (release: ReleaseSpec): Manifest[] => {
    const { values } = release;
    const chart = "aws-load-balancer-controller";
    const selector = {
      "app.kubernetes.io/name": textAt(values, "nameOverride") ?? chart,
      "app.kubernetes.io/instance": release.name,
    };
    const webhook = service(release, "aws-load-balancer-webhook-service", selector, [
      { name: "webhook-server", port: 443, targetPort: "webhook-server" },
    ]);
    if (at(values, "serviceMonitor", "enabled") !== true) return [webhook];
    const name = fullName(release.name, chart, textAt(values, "fullnameOverride"));
    const metrics = { name: "metrics-server", port: 8080, targetPort: "metrics-server" };
    return [webhook, service(release, name, selector, [metrics])];
  },
};
