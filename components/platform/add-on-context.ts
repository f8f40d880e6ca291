import type { Guard } from "../core/guard.ts";
import type { TrafficSurroundings } from "./add-on-traffic.ts";
import type { PlatformCluster } from "./platform-cluster.ts";

/** What every add-on is told beside its own settings. */
export interface AddOnContext {
  readonly guard: Guard;
  readonly cluster: PlatformCluster;
  readonly surroundings: TrafficSurroundings;
  /** Whether the kinds ServiceMonitor and PodMonitor are served; then a release depends on what serves them. */
  readonly monitored: boolean;
  /** Whether cert-manager signs certificates of webhooks; then a release depends on cert-manager. */
  readonly certificates: boolean;
}
