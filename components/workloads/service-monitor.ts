import { selectorLabels, type Identity } from "../core/labels.ts";

/** How often metrics are read; Prometheus' own rules assume at most a minute. */
export const SCRAPE_INTERVAL = "30s";

/** The spec of a ServiceMonitor: the Service's port called http, at that path (K-28). */
export function serviceMonitorSpec(identity: Identity, path: string) {
  return {
    selector: { matchLabels: selectorLabels(identity) },
    // The component becomes the job, so that a rule reads `job="backend"`.
    jobLabel: "app.kubernetes.io/component",
    endpoints: [{ port: "http", path, interval: SCRAPE_INTERVAL }],
  };
}
