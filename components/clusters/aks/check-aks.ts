import type { Guard } from "../../core/guard.ts";
import type { Problem } from "../../core/problem.ts";
import { checkCloud, type CloudRules } from "../check-cloud.ts";
import type { AksSettings } from "../settings.ts";

const AKS_RULES: CloudRules = {
  longestName: 63,
  smallestDiskGb: 64,
  isZoneOf: (zone) => /^[123]$/.test(zone),
  zonesOf: () => '"1", "2", "3"',
};

/** Everything wrong with the settings of a cluster on AKS that their types cannot say. */
export function checkAks(settings: AksSettings, guard: Guard): Problem[] {
  return checkCloud(settings, guard, AKS_RULES);
}
