import {
  ENVOY_GATEWAY_DEFAULTS,
  ROUTES_DEFAULT,
  type EnvoyGatewaySettings,
  type RouteKind,
} from "./envoy-gateway-settings.ts";
import { LOGGING_DEFAULTS, type LoggingSettings } from "./logging-settings.ts";
import { TRACING_DEFAULTS, type TracingSettings } from "./tracing-settings.ts";
import type {
  CertManagerSettings,
  ClusterAutoscalerSettings,
  ExternalDnsSettings,
  IngressNginxSettings,
  LoadBalancerControllerSettings,
  MetricsServerSettings,
  MonitoringSettings,
  PlatformSettings,
  PrometheusAdapterSettings,
  VerticalPodAutoscalerSettings,
  AdmissionSettings,
} from "./settings.ts";
import {
  EXTERNAL_SECRETS_DEFAULTS,
  type ExternalSecretsSettings,
} from "./external-secrets-settings.ts";
import {
  POSTGRES_OPERATOR_DEFAULTS,
  type PostgresOperatorSettings,
} from "./postgres-operator-settings.ts";
import { SEALED_SECRETS_DEFAULTS, type SealedSecretsSettings } from "./sealed-secrets.ts";
import { VELERO_DEFAULTS, type VeleroSettings } from "./velero-settings.ts";

/** What a stack file may leave out of `slipway:platform`. */
export const PLATFORM_DEFAULTS = {
  /** Every guide wants certificates (T-39, K-05). */
  certManager: { enabled: true },
  /** Every guide with a front end wants it, reached from outside (T-08, K-05). */
  ingressNginx: { enabled: true, exposure: "public" },
  envoyGateway: ENVOY_GATEWAY_DEFAULTS,
  routes: ROUTES_DEFAULT,
  /** One for all systems (D-21). */
  monitoring: { enabled: true },
  /** Every HPA goes by its figures (P-02, M-05). */
  metricsServer: { enabled: true, replicas: 2, kubeletInsecureTls: false },
  /** Off until an application exports what an HPA scales on (E-06). */
  prometheusAdapter: { enabled: false, replicas: 2 },
  /** Off until somebody reads its recommendations (B-21). */
  verticalPodAutoscaler: { enabled: false },
  /** Where images come from is for each organisation to say. */
  admission: { enabled: true, allowedRegistries: [] },
  /** Without one, pods that find no room wait for a person (E-50). */
  clusterAutoscaler: { enabled: true, replicas: 2 },
  /** Without one, no Service is reached from outside. */
  loadBalancerController: { enabled: true, replicas: 2 },
  /** Off until a zone is given over to it; it deletes nothing unless it is told to. */
  externalDns: { enabled: false, policy: "upsert-only" },
  velero: VELERO_DEFAULTS,
  postgresOperator: POSTGRES_OPERATOR_DEFAULTS,
  externalSecrets: EXTERNAL_SECRETS_DEFAULTS,
  sealedSecrets: SEALED_SECRETS_DEFAULTS,
  /** Needs no add-on (E-51). */
  secretBackend: "native",
  logging: LOGGING_DEFAULTS,
  tracing: TRACING_DEFAULTS,
} as const satisfies {
  certManager: Partial<CertManagerSettings>;
  ingressNginx: Partial<IngressNginxSettings>;
  envoyGateway: EnvoyGatewaySettings;
  routes: RouteKind;
  monitoring: Partial<MonitoringSettings>;
  metricsServer: MetricsServerSettings;
  prometheusAdapter: PrometheusAdapterSettings;
  verticalPodAutoscaler: VerticalPodAutoscalerSettings;
  admission: AdmissionSettings;
  clusterAutoscaler: ClusterAutoscalerSettings;
  loadBalancerController: LoadBalancerControllerSettings;
  externalDns: ExternalDnsSettings;
  velero: VeleroSettings;
  postgresOperator: PostgresOperatorSettings;
  externalSecrets: ExternalSecretsSettings;
  sealedSecrets: SealedSecretsSettings;
  secretBackend: PlatformSettings["secretBackend"];
  logging: LoggingSettings;
  tracing: TracingSettings;
};
