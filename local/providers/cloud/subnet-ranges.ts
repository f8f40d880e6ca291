import { contains, overlaps, parseRange } from "./address-range.ts";
import { called, CloudError } from "./cloud-error.ts";
import type { CloudRecord } from "./cloud-record.ts";
import { textsAt, type Candidate } from "./references/index.ts";
import { names } from "./references/naming.ts";

/** Where a type of subnet says its ranges, its network, and where that says its own. */
interface SubnetType {
  readonly cloud: "gcp" | "aws" | "azure-native";
  readonly ranges: readonly string[];
  readonly networkType: string;
  /** What the network has to contain the ranges with; Google's networks have no ranges. */
  readonly within?: readonly string[];
  /** The text that names the network. */
  network(subnet: Pick<CloudRecord, "id" | "inputs">): string;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

const SUBNETS: Readonly<Record<string, SubnetType>> = {
  "gcp:compute/subnetwork:Subnetwork": {
    cloud: "gcp",
    ranges: ["ipCidrRange", "secondaryIpRanges[].ipCidrRange"],
    networkType: "gcp:compute/network:Network",
    network: ({ inputs }) => text(inputs["network"]),
  },
  "aws:ec2/subnet:Subnet": {
    cloud: "aws",
    ranges: ["cidrBlock"],
    networkType: "aws:ec2/vpc:Vpc",
    within: ["cidrBlock"],
    network: ({ inputs }) => text(inputs["vpcId"]),
  },
  "azure-native:network:Subnet": {
    cloud: "azure-native",
    ranges: ["addressPrefix", "addressPrefixes[]"],
    networkType: "azure-native:network:VirtualNetwork",
    within: ["addressSpace.addressPrefixes[]"],
    network: ({ id }) => id.replace(/\/subnets\/[^/]+$/i, "").toLowerCase(),
  },
};

const rangesAt = (record: Pick<CloudRecord, "inputs">, paths: readonly string[]) =>
  paths.flatMap((path) => textsAt(record.inputs, path));

/** Refuses a subnet that leaves its network or lies over another one of it, as each cloud does. */
export function checkRanges(candidate: Candidate, others: readonly CloudRecord[]): void {
  const kind = SUBNETS[candidate.type];
  if (kind === undefined) return;
  const network = others.find(
    (record) => record.type === kind.networkType && names(record).has(kind.network(candidate)),
  );
  if (network === undefined) return;
  const siblings = others.filter(
    (record) =>
      record.type === candidate.type &&
      record.id !== candidate.id &&
      names(network).has(kind.network(record)),
  );
  for (const range of rangesAt(candidate, kind.ranges)) {
    const own = parseRange(range);
    if (own === undefined) {
      throw new CloudError(kind.cloud, "invalid", `${range} is no range of IPv4 addresses.`);
    }
    if (kind.within !== undefined) refuseOutside(kind, range, network);
    for (const sibling of siblings) {
      const taken = rangesAt(sibling, kind.ranges).find((other) => {
        const parsed = parseRange(other);
        return parsed !== undefined && overlaps(own, parsed);
      });
      if (taken === undefined) continue;
      const message = `the range ${range} lies over ${taken} of ${called(sibling)}.`;
      throw new CloudError(kind.cloud, "invalid", message);
    }
  }
}

/** The inputs by which a cluster of Google's takes its pods' and services' ranges from its subnet. */
const RANGE_NAMES = [
  "ipAllocationPolicy.clusterSecondaryRangeName",
  "ipAllocationPolicy.servicesSecondaryRangeName",
];

/** Refuses a cluster whose subnet lacks a range that it names. */
export function checkRangeNames({ type, inputs }: Candidate, others: readonly CloudRecord[]): void {
  if (type !== "gcp:container/cluster:Cluster") return;
  const subnet = others.find(
    (record) =>
      record.type === "gcp:compute/subnetwork:Subnetwork" &&
      names(record).has(text(inputs["subnetwork"])),
  );
  if (subnet === undefined) return;
  const there = textsAt(subnet.inputs, "secondaryIpRanges[].rangeName");
  for (const path of RANGE_NAMES) {
    const missing = textsAt(inputs, path).find((name) => !there.includes(name));
    if (missing === undefined) continue;
    const message = `${path}: ${called(subnet)} has no secondary range ${missing}.`;
    throw new CloudError("gcp", "invalid", message);
  }
}

function refuseOutside(kind: SubnetType, range: string, network: CloudRecord): void {
  const inner = parseRange(range);
  const outer = rangesAt(network, kind.within ?? []);
  const inside = outer.some((text) => {
    const parsed = parseRange(text);
    return parsed !== undefined && inner !== undefined && contains(parsed, inner);
  });
  if (inside || outer.length === 0) return;
  const message = `the range ${range} is not within ${outer.join(", ")} of ${called(network)}.`;
  throw new CloudError(kind.cloud, "invalid", message);
}
