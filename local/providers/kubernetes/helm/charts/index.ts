import { awsLoadBalancerController } from "./aws-load-balancer-controller.ts";
import { certManager } from "./cert-manager.ts";
import { clusterAutoscaler } from "./cluster-autoscaler.ts";
import { externalDns } from "./external-dns.ts";
import { cloudnativePg, pluginBarmanCloud } from "./cloudnative-pg.ts";
import { envoyGateway } from "./gateway-helm.ts";
import { externalSecrets } from "./external-secrets.ts";
import { ingressNginx } from "./ingress-nginx.ts";
import { kubePrometheusStack } from "./kube-prometheus-stack.ts";
import { prometheusOperatorCrds } from "./prometheus-operator-crds.ts";
import { sealedSecrets } from "./sealed-secrets.ts";
import { velero } from "./velero.ts";
import { vpa } from "./vpa.ts";
import { fluentBit } from "./fluent-bit.ts";
import { jaeger } from "./jaeger.ts";
import { loki } from "./loki.ts";
import type { StandInChart } from "./stand-in-chart.ts";

export type { ChartDefinitions, StandInChart } from "./stand-in-chart.ts";

/** The charts that the stand-in knows, by name. Of any other it keeps the record and no objects. */
export const STAND_IN_CHARTS: Readonly<Record<string, StandInChart>> = {
  "cert-manager": certManager,
  "ingress-nginx": ingressNginx,
  "gateway-helm": envoyGateway,
  "kube-prometheus-stack": kubePrometheusStack,
  "prometheus-operator-crds": prometheusOperatorCrds,
  "cluster-autoscaler": clusterAutoscaler,
  "aws-load-balancer-controller": awsLoadBalancerController,
  "external-dns": externalDns,
  velero,
  vpa,
  "cloudnative-pg": cloudnativePg,
  "plugin-barman-cloud": pluginBarmanCloud,
  "external-secrets": externalSecrets,
  "sealed-secrets": sealedSecrets,
  loki,
  "fluent-bit": fluentBit,
  jaeger,
};
