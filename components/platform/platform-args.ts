import type * as pulumi from "@pulumi/pulumi";
import type { Guard } from "../core/guard.ts";
import type { AlertSecrets } from "./alert-settings.ts";
import type { PlatformCluster } from "./platform-cluster.ts";
import type { CustomMetric } from "./prometheus-adapter.ts";
import type { PlatformSettings } from "./settings.ts";

export interface PlatformArgs extends PlatformSettings {
  readonly guard: Guard;
  /** The cluster that the add-ons are put on. */
  readonly cluster: PlatformCluster;
  /** Password of Grafana's administrator; generated when absent (D-77). */
  readonly grafanaAdminPassword?: pulumi.Output<string>;
  /** Ways to the receivers of alerts; each receiver that is on needs its own. */
  readonly alertSecrets?: AlertSecrets;
  /** Metrics that the systems' autoscalers go by. @default none */
  readonly customMetrics?: readonly CustomMetric[];
}
