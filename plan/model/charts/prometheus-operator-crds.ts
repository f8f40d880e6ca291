import { NOTHING_BROUGHT, type ChartReader } from "./chart-contents.ts";

/** The group of the kinds of the operator for Prometheus, which come with either of two charts. */
export const MONITORING_GROUP = "monitoring.coreos.com";

/** The definitions alone. */
export const prometheusOperatorCrds: ChartReader = () => ({
  ...NOTHING_BROUGHT,
  groups: [MONITORING_GROUP],
});
