import { NOTHING_BROUGHT, requests, type ChartReader } from "./chart-contents.ts";

/** Fluent Bit on every node. */
export const fluentBit: ChartReader = (values) => ({
  ...NOTHING_BROUGHT,
  pods: [{ part: "fluent-bit", kind: "DaemonSet", replicas: 0, requests: [requests(values)] }],
});
