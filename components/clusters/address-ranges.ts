import ipaddr from "ipaddr.js";
import type { Problem } from "../core/problem.ts";

/** A range of IPv4 addresses: its first address as a number, and how many bits are fixed. */
export interface AddressRange {
  readonly first: number;
  readonly prefix: number;
}

/** How many addresses a prefix leaves. */
export const sizeOf = (prefix: number): number => 2 ** (32 - prefix);

/** `10.64.0.0/16` as a range; undefined for what is none, or has bits set behind its prefix. */
export function parseRange(cidr: string): AddressRange | undefined {
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(cidr)) return undefined;
  const [address, prefix] = ipaddr.IPv4.parseCIDR(cidr);
  const first = address.toByteArray().reduce((sum, byte) => sum * 256 + byte, 0);
  return first % sizeOf(prefix) === 0 ? { first, prefix } : undefined;
}

/** A range in CIDR notation. */
export function formatRange({ first, prefix }: AddressRange): string {
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${bytes.join(".")}/${prefix}`;
}

const last = ({ first, prefix }: AddressRange) => first + sizeOf(prefix) - 1;

export function overlap(one: AddressRange, other: AddressRange): boolean {
  return one.first <= last(other) && other.first <= last(one);
}

export function contains(outer: AddressRange, inner: AddressRange): boolean {
  return outer.first <= inner.first && last(inner) <= last(outer);
}

/** A part of a network that is wanted, by name and size. */
export interface WantedSubnet {
  readonly name: string;
  readonly prefix: number;
}

/**
 * Cuts parts out of a range, in the order in which they are wanted: each at the first aligned address
 * behind the one before it. So a part that is added at the end moves none of the others. Undefined when
 * they do not all fit.
 */
export function allocateSubnets(
  cidr: string,
  wanted: readonly WantedSubnet[],
): ReadonlyMap<string, string> | undefined {
  const network = parseRange(cidr);
  if (network === undefined) return undefined;
  const found = new Map<string, string>();
  let next = network.first;
  for (const { name, prefix } of wanted) {
    const first = Math.ceil(next / sizeOf(prefix)) * sizeOf(prefix);
    const range = { first, prefix };
    if (!contains(network, range)) return undefined;
    found.set(name, formatRange(range));
    next = first + sizeOf(prefix);
  }
  return found;
}

/** The shortest prefix (largest network) number that still holds all wanted parts of a range. */
export function smallestNetwork(wanted: readonly WantedSubnet[]): number | undefined {
  for (let prefix = 32; prefix >= 8; prefix -= 1) {
    if (allocateSubnets(`0.0.0.0/${prefix}`, wanted) !== undefined) return prefix;
  }
  return undefined;
}

/** Ranges that are nobody's on the internet (RFC 1918, RFC 6598). */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"] as const;

/** Problems of one range that pods, nodes or Services are to live in. */
export function checkPrivateRange(path: string, cidr: string): Problem[] {
  const range = parseRange(cidr);
  if (range === undefined) return [malformed(path, cidr)];
  const inside = PRIVATE.some((block) => contains(parseRange(block) ?? range, range));
  if (inside) return [];
  return [
    {
      path,
      got: JSON.stringify(cidr),
      expected: `a range inside ${PRIVATE.join(", ")}`,
      remedy: "Choose a range that is nobody's on the internet.",
    },
  ];
}

/** The problem of text that is no range. */
export function malformed(path: string, cidr: string): Problem {
  return {
    path,
    got: JSON.stringify(cidr),
    expected: "an IPv4 range that begins at its own first address, such as 10.64.0.0/16",
    remedy: "Write it in this form, with zeros behind the prefix.",
  };
}

/** Ranges with the paths that they were written at; malformed ones are left to other checks. */
export type NamedRanges = readonly { readonly path: string; readonly cidr: string }[];

/** A problem for each pair that overlaps, naming both. */
export function checkOverlaps(ranges: NamedRanges): Problem[] {
  const parsed = ranges.flatMap(({ path, cidr }) => {
    const range = parseRange(cidr);
    return range === undefined ? [] : [{ path, cidr, range }];
  });
  return parsed.flatMap((one, index) =>
    parsed
      .slice(index + 1)
      .filter((other) => overlap(one.range, other.range))
      .map((other) => ({
        path: other.path,
        got: other.cidr,
        expected: `no address of ${one.path} (${one.cidr})`,
        remedy: "Move one of the two.",
      })),
  );
}
