import { SystemMonitoring, type ChildBearingOptions } from "../../components/workloads/index.ts";
import { alertRules } from "./alerts.ts";
import type { KaizenStudioArgs } from "./args.ts";
import { dashboard } from "./dashboard.ts";
import { place } from "./names.ts";

/** Alerts and dashboard (K-27, K-28). */
export function createMonitoring(
  name: string,
  { settings, capabilities, runbooks }: KaizenStudioArgs,
  options: ChildBearingOptions,
): void {
  new SystemMonitoring(
    `${name}-monitoring`,
    {
      ...place(settings),
      monitors: capabilities.monitors,
      rules: alertRules(settings),
      runbooks,
      dashboard: dashboard(settings.namespace),
    },
    options,
  );
}
