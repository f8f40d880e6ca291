import type { Guard } from "../../core/guard.ts";
import { underPath, type Problem } from "../../core/problem.ts";
import { checkCloud, type CloudRules } from "../check-cloud.ts";
import type { GkeSettings } from "../settings.ts";
import { checkAddresses } from "./address-plan.ts";
import { checkLogs } from "./log-retention.ts";
import { checkAvailability } from "./maintenance-availability.ts";
import { checkPrincipals } from "./principals.ts";

const GKE_RULES: CloudRules = {
  longestName: 40,
  smallestDiskGb: 30,
  isZoneOf: (zone, region) =>
    zone.startsWith(`${region}-`) && /^[a-z]$/.test(zone.slice(region.length + 1)),
  zonesOf: (region) => ["a", "b", "c"].map((letter) => `${region}-${letter}`).join(", "),
};

/** Problems of pools that hang on GKE. */
function checkPools({ nodePools }: GkeSettings): Problem[] {
  return nodePools.flatMap(({ name }, index) =>
    /^[a-z]/.test(name)
      ? []
      : [
          {
            path: `nodePools[${index}].name`,
            got: JSON.stringify(name),
            expected: "a name that begins with a letter, as GKE wants it",
            remedy: "Put a letter in front.",
          },
        ],
  );
}

/** Everything wrong with the settings of a cluster on GKE that their types cannot say. */
export function checkGke(settings: GkeSettings, guard: Guard): Problem[] {
  const cloud = checkCloud(settings, guard, GKE_RULES);
  // Times that are wrong in themselves add up to nothing that could be judged.
  const timesHold = !cloud.some(({ path }) => path.startsWith("maintenance"));
  return [
    ...cloud,
    ...checkAddresses(settings),
    ...checkPools(settings),
    ...(timesHold ? underPath("maintenance", checkAvailability(settings.maintenance)) : []),
    ...checkPrincipals(settings),
    ...checkLogs(settings),
  ];
}
