import { NOTHING_BROUGHT, requests, type ChartReader } from "./chart-contents.ts";

/** Jaeger, all in one pod. */
export const jaeger: ChartReader = (values) => ({
  ...NOTHING_BROUGHT,
  // A second pod would wait for the first one's volume, so it is deleted before it is replaced.
  pods: [
    { part: "all-in-one", kind: "Deployment", replicas: 1, requests: [requests(values, "jaeger")] },
  ],
});
