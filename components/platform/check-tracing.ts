import { underPath, type Problem } from "../core/problem.ts";
import { checkMemory } from "../core/quantity.ts";
import type { PlatformSettings } from "./settings.ts";

/** Problems of the settings of tracing. */
export function checkTracing({
  tracing,
  monitoring,
}: Pick<PlatformSettings, "tracing" | "monitoring">): Problem[] {
  return underPath("tracing", [
    ...checkMemory(tracing.storage, "storage"),
    ...(tracing.enabled && !monitoring.enabled ? [TRACING_WITHOUT_MONITORING] : []),
  ]);
}

const TRACING_WITHOUT_MONITORING: Problem = {
  path: "enabled",
  got: "true",
  expected:
    "false, because monitoring is off, whose namespace it lives in and whose Grafana shows it",
  remedy: "Turn monitoring on, or this off.",
};
