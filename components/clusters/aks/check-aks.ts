import type { Guard } from "../../core/guard.ts";
import type { Problem } from "../../core/problem.ts";
import { checkCloud, type CloudRules } from "../check-cloud.ts";
import type { AksSettings } from "../settings.ts";
import { checkAddresses } from "./address-plan.ts";
import { checkLogs } from "./log-retention.ts";
import { checkPrincipals } from "./principals.ts";

const AKS_RULES: CloudRules = {
  longestName: 63,
  smallestDiskGb: 64,
  isZoneOf: (zone) => /^[123]$/.test(zone),
  zonesOf: () => '"1", "2", "3"',
};

/** Problems of pools that hang on AKS. */
function checkPools({ nodePools, zones }: AksSettings): Problem[] {
  return nodePools.flatMap(({ name, role, minNodes, maxNodes, spot }, index) => {
    const path = `nodePools[${index}]`;
    const problems: Problem[] = [];
    if (!/^[a-z]/.test(name)) {
      problems.push({
        path: `${path}.name`,
        got: JSON.stringify(name),
        expected: "a name that begins with a letter, as AKS wants it",
        remedy: "Put a letter in front.",
      });
    }
    if (maxNodes < zones.length) {
      problems.push({
        path: `${path}.maxNodes`,
        got: String(maxNodes),
        expected: `at least one for each of the ${zones.length} zones, because AKS has a pool in each`,
        remedy: `Raise it to ${zones.length}, or write fewer zones.`,
      });
    }
    if (role === "system" && minNodes === 0) {
      problems.push({
        path: `${path}.minNodes`,
        got: "0",
        expected: "at least 1, because AKS runs its own pods on a pool with role system",
        remedy: "Raise it to 1 or more.",
      });
    }
    if (role === "system" && spot) {
      problems.push({
        path: `${path}.spot`,
        got: "true",
        expected: "false, because AKS refuses nodes that vanish in a pool with role system",
        remedy: "Write false.",
      });
    }
    return problems;
  });
}

/** Everything wrong with the settings of a cluster on AKS that their types cannot say. */
export function checkAks(settings: AksSettings, guard: Guard): Problem[] {
  return [
    ...checkCloud(settings, guard, AKS_RULES),
    ...checkAddresses(settings),
    ...checkPools(settings),
    ...checkPrincipals(settings),
    ...checkLogs(settings),
  ];
}
