import type { Guard } from "../core/guard.ts";
import { underPath, type Problem } from "../core/problem.ts";
import { checkMemory } from "../core/quantity.ts";
import { checkAddOnResources, type AddOnName } from "./add-on-resources.ts";
import type { PlatformSettings } from "./settings.ts";

/** Fewest replicas of an add-on under guard strict: one node can go without an outage. */
const STRICT_REPLICAS = 2;

/** Everything wrong with the settings of the platform that their types cannot say. */
export function checkPlatform(settings: PlatformSettings, guard: Guard): Problem[] {
  const { certManager, ingressNginx, monitoring } = settings;
  const problems = [
    ...checkMemory(monitoring.prometheusStorage, "monitoring.prometheusStorage"),
    ...Object.entries({ certManager, ingressNginx, monitoring }).flatMap(([name, addOn]) =>
      underPath(name, checkAddOnResources(name as AddOnName, addOn.resources)),
    ),
  ];
  if (guard === "relaxed") return problems;
  const fragile = Object.entries({ certManager, ingressNginx, monitoring })
    .filter(([, addOn]) => addOn.enabled && addOn.replicas < STRICT_REPLICAS)
    .map(([name, addOn]) => ({
      path: `${name}.replicas`,
      got: String(addOn.replicas),
      expected: `at least ${STRICT_REPLICAS}, because slipway:guard is strict`,
      remedy: "Raise it, so that a node can be drained without an outage.",
    }));
  return [...problems, ...fragile];
}
