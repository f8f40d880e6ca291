import { certManager } from "./cert-manager.ts";
import { ingressNginx } from "./ingress-nginx.ts";
import { kubePrometheusStack } from "./kube-prometheus-stack.ts";
import { prometheusOperatorCrds } from "./prometheus-operator-crds.ts";
import type { StandInChart } from "./stand-in-chart.ts";

export type { ChartDefinitions, StandInChart } from "./stand-in-chart.ts";

/** The charts that the stand-in knows, by name. Of any other it keeps the record and no objects. */
export const STAND_IN_CHARTS: Readonly<Record<string, StandInChart>> = {
  "cert-manager": certManager,
  "ingress-nginx": ingressNginx,
  "kube-prometheus-stack": kubePrometheusStack,
  "prometheus-operator-crds": prometheusOperatorCrds,
};
