import { NOTHING_BROUGHT, requests, type ChartReader } from "./chart-contents.ts";

/** Sealed Secrets brings its kind in its crds folder, whatever the values say. */
export const sealedSecrets: ChartReader = (values) => ({
  ...NOTHING_BROUGHT,
  groups: ["bitnami.com"],
  pods: [{ part: "controller", kind: "Deployment", replicas: 1, requests: [requests(values)] }],
});
