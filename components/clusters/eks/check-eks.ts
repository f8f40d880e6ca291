import type { Guard } from "../../core/guard.ts";
import type { Problem } from "../../core/problem.ts";
import { contains, overlap, parseRange } from "../address-ranges.ts";
import { checkCloud, type CloudRules } from "../check-cloud.ts";
import type { EksSettings } from "../settings.ts";
import { checkAddressPlan } from "./address-plan.ts";
import { checkPrincipals } from "./principals.ts";

const EKS_RULES: CloudRules = {
  longestName: 100,
  smallestDiskGb: 30,
  isZoneOf: (zone, region) => zone.startsWith(region) && /^[a-z]$/.test(zone.slice(region.length)),
  zonesOf: (region) => ["a", "b", "c"].map((letter) => `${region}${letter}`).join(", "),
};

/** EKS puts the API server into so many zones at least, and RDS wants as many for its subnets. */
const FEWEST_ZONES = 2;
/** What EKS takes as the range of Services. */
const SERVICE_BLOCKS = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"] as const;
const SERVICE_PREFIXES = { widest: 12, narrowest: 24 } as const;
/** EKS lets a public endpoint answer no more ranges, and none that are nobody's on the internet. */
const MOST_ALLOWED = 40;
const NOBODYS = [...SERVICE_BLOCKS, "100.64.0.0/10"] as const;

function checkZoneCount({ zones, region }: EksSettings, guard: Guard): Problem[] {
  // Under strict the rule for all clouds asks for more.
  if (zones.length >= FEWEST_ZONES || guard === "strict") return [];
  return [
    {
      path: "zones",
      got: String(zones.length),
      expected: `at least ${FEWEST_ZONES}, because EKS makes no cluster in one zone`,
      remedy: `Write zones such as ${EKS_RULES.zonesOf(region)}; a pool with one node still has one.`,
    },
  ];
}

function checkServices({ network }: EksSettings): Problem[] {
  const range = parseRange(network.services);
  if (range === undefined) return [];
  const inside = SERVICE_BLOCKS.some((block) => contains(parseRange(block) ?? range, range));
  const { widest, narrowest } = SERVICE_PREFIXES;
  if (inside && range.prefix >= widest && range.prefix <= narrowest) return [];
  return [
    {
      path: "network.services",
      got: JSON.stringify(network.services),
      expected: `a range from /${widest} to /${narrowest} inside ${SERVICE_BLOCKS.join(", ")}`,
      remedy: "Choose a range that EKS takes, such as 10.72.0.0/20.",
    },
  ];
}

function checkAllowed({ endpoint, allowedCidrs }: EksSettings): Problem[] {
  if (endpoint !== "restricted") return [];
  const inside = allowedCidrs.flatMap((cidr, index) => {
    const range = parseRange(cidr);
    const isNobodys =
      range !== undefined &&
      NOBODYS.some((block) => {
        const parsed = parseRange(block);
        return parsed !== undefined && overlap(parsed, range);
      });
    if (!isNobodys) return [];
    return [
      {
        path: `allowedCidrs[${index}]`,
        got: JSON.stringify(cidr),
        expected: "a range of the internet: a public endpoint never sees private addresses",
        remedy: "Write the public addresses that they leave by, or make endpoint private.",
      },
    ];
  });
  if (allowedCidrs.length <= MOST_ALLOWED) return inside;
  return [
    ...inside,
    {
      path: "allowedCidrs",
      got: `${allowedCidrs.length} in all`,
      expected: `at most ${MOST_ALLOWED}, which is what EKS takes`,
      remedy: "Join neighbouring ranges, or make endpoint private.",
    },
  ];
}

/** Everything wrong with the settings of a cluster on EKS that their types cannot say. */
export function checkEks(settings: EksSettings, guard: Guard): Problem[] {
  return [
    ...checkCloud(settings, guard, EKS_RULES),
    ...checkZoneCount(settings, guard),
    ...checkServices(settings),
    ...checkAllowed(settings),
    ...checkAddressPlan(settings),
    ...checkPrincipals(settings),
  ];
}
