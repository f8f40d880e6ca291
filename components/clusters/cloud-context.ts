import type { Guard } from "../core/guard.ts";
import type { AksSettings, EksSettings, GkeSettings } from "./settings.ts";

/** What a cloud's cluster is told beside its settings. */
export interface CloudContext {
  readonly guard: Guard;
  /**
   * Ports of admission webhooks and API extensions in the cluster: the control plane has to reach them
   * on the nodes, and the networks of the clouds let it reach few others.
   */
  readonly webhookPorts: readonly number[];
}

export type GkeClusterArgs = GkeSettings & CloudContext;
export type EksClusterArgs = EksSettings & CloudContext;
export type AksClusterArgs = AksSettings & CloudContext;
