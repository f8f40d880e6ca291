import { numberAt, objectAt } from "../json.ts";
import { NOTHING_BROUGHT, requests, type ChartReader } from "./chart-contents.ts";

/**
 * Envoy Gateway serves its kinds and those of the Gateway API, whoever brings the definitions: where the
 * values leave them out, the cluster has them. Its proxies are read off their EnvoyProxy.
 */
export const envoyGateway: ChartReader = (values) => ({
  ...NOTHING_BROUGHT,
  groups: ["gateway.networking.k8s.io", "gateway.envoyproxy.io"],
  pods: [
    {
      part: "controller",
      kind: "Deployment",
      replicas: numberAt(values, "deployment", "replicas") ?? 1,
      requests: [requests(objectAt(values, "deployment"), "envoyGateway")],
    },
  ],
});
