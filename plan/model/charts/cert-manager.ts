import { at } from "../json.ts";
import { count, requests, type ChartPods, type ChartReader } from "./chart-contents.ts";

/** cert-manager brings its kinds where the values ask for them. */
export const certManager: ChartReader = (values) => {
  const part = (name: string, ...keys: string[]): ChartPods => ({
    part: name,
    kind: "Deployment",
    replicas: count(values, ...keys, "replicaCount"),
    requests: [requests(values, ...keys)],
  });
  const crds = at(values, "crds", "enabled") === true;
  return {
    groups: crds ? ["cert-manager.io", "acme.cert-manager.io"] : [],
    ingressClasses: [],
    pods: [part("controller"), part("webhook", "webhook"), part("cainjector", "cainjector")],
    // They answer the challenge of an ACME authority, for a minute or so.
    madePods: [{ "acme.cert-manager.io/http01-solver": "true" }],
  };
};
