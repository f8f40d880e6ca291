import { NOTHING_BROUGHT, requests, type ChartReader } from "./chart-contents.ts";

/** Velero brings its kinds in its crds folder, whatever the values say. */
export const velero: ChartReader = (values) => ({
  ...NOTHING_BROUGHT,
  groups: ["velero.io"],
  // Plugins are copied by init containers, one after another, before the server starts.
  pods: [{ part: "server", kind: "Deployment", replicas: 1, requests: [requests(values)] }],
});
