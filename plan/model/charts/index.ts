import type { HelmRelease } from "../kubernetes-object.ts";
import { awsLoadBalancerController } from "./aws-load-balancer-controller.ts";
import { certManager } from "./cert-manager.ts";
import { cloudnativePg, pluginBarmanCloud } from "./cloudnative-pg.ts";
import type { ChartContents, ChartReader } from "./chart-contents.ts";
import { envoyGateway } from "./gateway-helm.ts";
import { externalSecrets } from "./external-secrets.ts";
import { ingressNginx } from "./ingress-nginx.ts";
import { kubePrometheusStack } from "./kube-prometheus-stack.ts";
import { oneDeployment } from "./one-deployment.ts";
import { prometheusOperatorCrds } from "./prometheus-operator-crds.ts";
import { sealedSecrets } from "./sealed-secrets.ts";
import { velero } from "./velero.ts";
import { fluentBit } from "./fluent-bit.ts";
import { jaeger } from "./jaeger.ts";
import { loki } from "./loki.ts";

export type { ChartContents, ChartPods } from "./chart-contents.ts";

/** What the plan knows of charts, by name. */
const CHARTS: Readonly<Record<string, ChartReader>> = {
  "cert-manager": certManager,
  "ingress-nginx": ingressNginx,
  "gateway-helm": envoyGateway,
  "kube-prometheus-stack": kubePrometheusStack,
  "prometheus-operator-crds": prometheusOperatorCrds,
  "cluster-autoscaler": oneDeployment,
  "aws-load-balancer-controller": awsLoadBalancerController,
  "external-dns": oneDeployment,
  velero,
  "cloudnative-pg": cloudnativePg,
  "plugin-barman-cloud": pluginBarmanCloud,
  "external-secrets": externalSecrets,
  "sealed-secrets": sealedSecrets,
  loki,
  "fluent-bit": fluentBit,
  jaeger,
};

/** What a release brings, or undefined for a chart that the plan does not know. */
export function chartContents({ chart, values }: HelmRelease): ChartContents | undefined {
  return CHARTS[chart]?.(values);
}
