import type { CertManagerSettings, IngressNginxSettings, MonitoringSettings } from "./settings.ts";

/** What a stack file may leave out of `slipway:platform`. */
export const PLATFORM_DEFAULTS = {
  /** Every guide wants certificates (T-39, K-05). */
  certManager: { enabled: true },
  /** Every guide with a front end wants it, reached from outside (T-08, K-05). */
  ingressNginx: { enabled: true, exposure: "public" },
  /** One for all systems (D-21). */
  monitoring: { enabled: true },
} as const satisfies {
  certManager: Partial<CertManagerSettings>;
  ingressNginx: Partial<IngressNginxSettings>;
  monitoring: Partial<MonitoringSettings>;
};
