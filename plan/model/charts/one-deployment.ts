import { count, NOTHING_BROUGHT, requests, type ChartReader } from "./chart-contents.ts";

/** Charts of one Deployment, whose values have replicas and requests at their root. */
export const oneDeployment: ChartReader = (values) => ({
  ...NOTHING_BROUGHT,
  pods: [
    {
      part: "controller",
      kind: "Deployment",
      replicas: count(values, "replicaCount"),
      requests: [requests(values)],
    },
  ],
});
