import type { Guard } from "../../core/guard.ts";
import type { Problem } from "../../core/problem.ts";
import { checkCloud, type CloudRules } from "../check-cloud.ts";
import type { EksSettings } from "../settings.ts";

const EKS_RULES: CloudRules = {
  longestName: 100,
  smallestDiskGb: 30,
  isZoneOf: (zone, region) => zone.startsWith(region) && /^[a-z]$/.test(zone.slice(region.length)),
  zonesOf: (region) => ["a", "b", "c"].map((letter) => `${region}${letter}`).join(", "),
};

/** Everything wrong with the settings of a cluster on EKS that their types cannot say. */
export function checkEks(settings: EksSettings, guard: Guard): Problem[] {
  return checkCloud(settings, guard, EKS_RULES);
}
