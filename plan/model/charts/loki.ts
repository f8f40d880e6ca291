import { NOTHING_BROUGHT, count, requests, type ChartReader } from "./chart-contents.ts";

/** Loki in its mode Monolithic: one kind of pod. */
export const loki: ChartReader = (values) => ({
  ...NOTHING_BROUGHT,
  pods: [
    {
      part: "single-binary",
      kind: "StatefulSet",
      replicas: count(values, "singleBinary", "replicas"),
      requests: [requests(values, "singleBinary")],
    },
  ],
});
