import type { PlatformSettings } from "./settings.ts";

/**
 * Ports on which the control plane calls into the add-ons: admission webhooks and API extensions. 443
 * and 10250 are not here, because every cloud lets its control plane reach a kubelet; cert-manager and
 * the Prometheus operator listen on 10250 for that reason.
 */
export function webhookPorts(settings: PlatformSettings): number[] {
  const { ingressNginx, prometheusAdapter, postgresOperator, sealedSecrets } = settings;
  return [
    ...(ingressNginx.enabled ? [INGRESS_NGINX_WEBHOOK_PORT] : []),
    ...(prometheusAdapter.enabled ? [PROMETHEUS_ADAPTER_PORT] : []),
    ...(postgresOperator.enabled ? [POSTGRES_OPERATOR_WEBHOOK_PORT] : []),
    ...(sealedSecrets.enabled ? [SEALED_SECRETS_PORT] : []),
  ];
}

/** The chart's own port of the admission webhook of ingress-nginx. */
export const INGRESS_NGINX_WEBHOOK_PORT = 8443;

/** The chart's own port of prometheus-adapter, which serves the API of custom metrics. */
export const PROMETHEUS_ADAPTER_PORT = 6443;

/** The chart's own port of the admission webhook of the operator for PostgreSQL. */
export const POSTGRES_OPERATOR_WEBHOOK_PORT = 9443;

/** The chart's own port of Sealed Secrets, which kubeseal asks through the API server. */
export const SEALED_SECRETS_PORT = 8080;
