import type {
  CertManagerSettings,
  IngressNginxSettings,
  MetricsServerSettings,
  MonitoringSettings,
  PrometheusAdapterSettings,
  VerticalPodAutoscalerSettings,
} from "./settings.ts";

/** What a stack file may leave out of `slipway:platform`. */
export const PLATFORM_DEFAULTS = {
  /** Every guide wants certificates (T-39, K-05). */
  certManager: { enabled: true },
  /** Every guide with a front end wants it, reached from outside (T-08, K-05). */
  ingressNginx: { enabled: true, exposure: "public" },
  /** One for all systems (D-21). */
  monitoring: { enabled: true },
  /** Every HPA goes by its figures (P-02, M-05). */
  metricsServer: { enabled: true, replicas: 2, kubeletInsecureTls: false },
  /** Off until an application exports what an HPA scales on (E-06). */
  prometheusAdapter: { enabled: false, replicas: 2 },
  /** Off until somebody reads its recommendations (B-21). */
  verticalPodAutoscaler: { enabled: false },
} as const satisfies {
  certManager: Partial<CertManagerSettings>;
  ingressNginx: Partial<IngressNginxSettings>;
  monitoring: Partial<MonitoringSettings>;
  metricsServer: MetricsServerSettings;
  prometheusAdapter: PrometheusAdapterSettings;
  verticalPodAutoscaler: VerticalPodAutoscalerSettings;
};
