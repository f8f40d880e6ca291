import type { Guard } from "../core/guard.ts";
import { underPath, type Problem } from "../core/problem.ts";
import { checkOverlaps, checkPrivateRange, malformed, parseRange } from "./address-ranges.ts";
import { checkMaintenance } from "./check-maintenance.ts";
import { checkKubernetesVersion } from "./kubernetes-versions.ts";
import { checkNodePools } from "./node-pools.ts";
import type { CloudSettings } from "./settings.ts";

/** What differs between the clouds in what they accept. */
export interface CloudRules {
  /** Longest name of a cluster. */
  readonly longestName: number;
  /** Smallest disk that holds the node image, kubelet and a few images, in GB. */
  readonly smallestDiskGb: number;
  /** Whether a zone belongs to a region. */
  readonly isZoneOf: (zone: string, region: string) => boolean;
  /** An example of three zones of a region. */
  readonly zonesOf: (region: string) => string;
}

/** Zones under guard strict: one may be lost. */
const STRICT_ZONES = 3;
/** A public range of so many addresses or more is a country, not an office. */
const WIDEST_ALLOWED_PREFIX = 8;

function checkName({ name }: CloudSettings, { longestName }: CloudRules): Problem[] {
  if (name.length <= longestName) return [];
  return [
    {
      path: "name",
      got: `${name.length} characters`,
      expected: `at most ${longestName}`,
      remedy: "Shorten it: it is an address that people type, so nothing shortens it for you.",
    },
  ];
}

function checkZones(
  { zones, region }: CloudSettings,
  guard: Guard,
  { isZoneOf, zonesOf }: CloudRules,
): Problem[] {
  const strangers = zones.flatMap((zone, index) => {
    const path = `zones[${index}]`;
    const got = JSON.stringify(zone);
    if (!isZoneOf(zone, region)) {
      const expected = `a zone of the region ${region}`;
      return [{ path, got, expected, remedy: `Write zones such as ${zonesOf(region)}.` }];
    }
    if (zones.indexOf(zone) === index) return [];
    return [{ path, got, expected: "each zone once", remedy: "Remove one of the two." }];
  });
  if (guard === "relaxed" || zones.length >= STRICT_ZONES) return strangers;
  return [
    ...strangers,
    {
      path: "zones",
      got: String(zones.length),
      expected: `at least ${STRICT_ZONES}, because slipway:guard is strict`,
      remedy: `Write zones such as ${zonesOf(region)}.`,
    },
  ];
}

function checkEndpoint({ kind, endpoint, allowedCidrs }: CloudSettings): Problem[] {
  if (endpoint === "dns" && kind !== "gke") {
    return [
      {
        path: "endpoint",
        got: '"dns"',
        expected: "restricted or private: only GKE has a name behind its own sign-in",
        remedy: "Write restricted with allowedCidrs, or private.",
      },
    ];
  }
  if (endpoint !== "restricted") {
    if (allowedCidrs.length === 0) return [];
    return [
      {
        path: "allowedCidrs",
        got: `${allowedCidrs.length} in all`,
        expected: `none, because endpoint is ${endpoint} and nobody would read them`,
        remedy: "Remove them, or make endpoint restricted.",
      },
    ];
  }
  if (allowedCidrs.length === 0) {
    return [
      {
        path: "allowedCidrs",
        got: "none",
        expected: "at least one range, because endpoint is restricted",
        remedy: "Write the ranges that deployments and people come from, or make endpoint private.",
      },
    ];
  }
  return allowedCidrs.flatMap((cidr, index) => checkAllowed(`allowedCidrs[${index}]`, cidr));
}

function checkAllowed(path: string, cidr: string): Problem[] {
  const range = parseRange(cidr);
  if (range === undefined) return [malformed(path, cidr)];
  if (range.prefix > WIDEST_ALLOWED_PREFIX) return [];
  return [
    {
      path,
      got: JSON.stringify(cidr),
      expected: `a range narrower than /${WIDEST_ALLOWED_PREFIX}: this one is as good as the world`,
      remedy: "Write the addresses of your offices, VPN or runners, or make endpoint private.",
    },
  ];
}

function checkProtection(
  { deletionProtection, retainData, admins }: CloudSettings,
  guard: Guard,
): Problem[] {
  if (guard === "relaxed") return [];
  const off = [
    ["deletionProtection", deletionProtection],
    ["retainData", retainData],
  ] as const;
  const problems: Problem[] = off
    .filter(([, on]) => !on)
    .map(([path]) => ({
      path,
      got: "false",
      expected: "true, because slipway:guard is strict",
      remedy: "Write true; docs/clouds says how a protected stack is taken down.",
    }));
  if (admins.length > 0) return problems;
  return [
    ...problems,
    {
      path: "admins",
      got: "nobody",
      expected: "at least one, because slipway:guard is strict and the deployer is no person",
      remedy: "Name the group that is called at night.",
    },
  ];
}

function checkRanges({ network }: CloudSettings): Problem[] {
  const own = [
    { path: "network.cidr", cidr: network.cidr },
    { path: "network.services", cidr: network.services },
    ...("pods" in network ? [{ path: "network.pods", cidr: network.pods }] : []),
  ];
  const peers = network.peers.map((cidr, index) => ({ path: `network.peers[${index}]`, cidr }));
  const badPeers = peers.filter(({ cidr }) => parseRange(cidr) === undefined);
  return [
    ...own.flatMap(({ path, cidr }) => checkPrivateRange(path, cidr)),
    ...badPeers.map(({ path, cidr }) => malformed(path, cidr)),
    // Peers may overlap each other: they are not ours to mend.
    ...checkOverlaps(own),
    ...peers.flatMap((peer) =>
      own.flatMap((range) =>
        checkOverlaps([{ ...peer }, range]).map((problem) => ({ ...problem, path: range.path })),
      ),
    ),
  ];
}

/** Everything wrong with a cluster in a cloud that does not hang on which cloud it is. */
export function checkCloud(settings: CloudSettings, guard: Guard, rules: CloudRules): Problem[] {
  return [
    ...checkName(settings, rules),
    ...checkZones(settings, guard, rules),
    ...checkKubernetesVersion(settings.kubernetesVersion),
    ...checkEndpoint(settings),
    ...checkRanges(settings),
    ...checkNodePools(settings, guard, rules.smallestDiskGb),
    ...underPath("maintenance", checkMaintenance(settings.maintenance)),
    ...checkProtection(settings, guard),
  ];
}
