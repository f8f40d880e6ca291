import type { HelmRelease } from "../kubernetes-object.ts";
import { certManager } from "./cert-manager.ts";
import type { ChartContents, ChartReader } from "./chart-contents.ts";
import { ingressNginx } from "./ingress-nginx.ts";
import { kubePrometheusStack } from "./kube-prometheus-stack.ts";
import { prometheusOperatorCrds } from "./prometheus-operator-crds.ts";

export type { ChartContents, ChartPods } from "./chart-contents.ts";

/** What the plan knows of charts, by name. */
const CHARTS: Readonly<Record<string, ChartReader>> = {
  "cert-manager": certManager,
  "ingress-nginx": ingressNginx,
  "kube-prometheus-stack": kubePrometheusStack,
  "prometheus-operator-crds": prometheusOperatorCrds,
};

/** What a release brings, or undefined for a chart that the plan does not know. */
export function chartContents({ chart, values }: HelmRelease): ChartContents | undefined {
  return CHARTS[chart]?.(values);
}
