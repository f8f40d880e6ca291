import type { Guard } from "../../core/guard.ts";
import type { Problem } from "../../core/problem.ts";
import { checkCloud, type CloudRules } from "../check-cloud.ts";
import type { GkeSettings } from "../settings.ts";

const GKE_RULES: CloudRules = {
  longestName: 40,
  smallestDiskGb: 30,
  isZoneOf: (zone, region) => zone.startsWith(`${region}-`) && zone.length === region.length + 2,
  zonesOf: (region) => ["a", "b", "c"].map((letter) => `${region}-${letter}`).join(", "),
};

/** Everything wrong with the settings of a cluster on GKE that their types cannot say. */
export function checkGke(settings: GkeSettings, guard: Guard): Problem[] {
  return checkCloud(settings, guard, GKE_RULES);
}
