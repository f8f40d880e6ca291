import type { Network } from "@pulumi/gcp/compute/network.js";
import { ManagedZone } from "@pulumi/gcp/dns/managedZone.js";
import { RecordSet } from "@pulumi/gcp/dns/recordSet.js";
import type * as pulumi from "@pulumi/pulumi";
import type { GkePlace } from "./place.ts";

/**
 * Where Google's APIs answer whoever comes from inside Google's network
 * (cloud.google.com/vpc/docs/configure-private-google-access).
 */
export const GOOGLE_APIS = "199.36.153.8/30";
const ADDRESSES = ["199.36.153.8", "199.36.153.9", "199.36.153.10", "199.36.153.11"];

/** The domains of the APIs and of the registries, by a word for logical names. */
const DOMAINS = {
  apis: "googleapis.com",
  registry: "pkg.dev",
  images: "gcr.io",
} as const;

const TTL_SECONDS = 300;

/**
 * Leads the names of Google's APIs to four addresses that the internet does not have. So traffic to them
 * stays in Google's network, and a network policy can name where object stores answer.
 */
export function googleApis(place: GkePlace, network: Network): pulumi.Resource[] {
  return Object.entries(DOMAINS).flatMap(([word, domain]) => zone(place, network, word, domain));
}

function zone(
  { name, args, names, child }: GkePlace,
  network: Network,
  word: string,
  domain: string,
): pulumi.Resource[] {
  const { project } = args;
  const made = new ManagedZone(
    `${name}-google-${word}`,
    {
      project,
      name: `${names.network}-google-${word}`,
      dnsName: `${domain}.`,
      description: `${domain} inside the network`,
      visibility: "private",
      privateVisibilityConfig: { networks: [{ networkUrl: network.id }] },
    },
    child(),
  );
  const apex = word === "apis" ? `private.${domain}.` : `${domain}.`;
  const record = (what: string, recordName: string, type: string, rrdatas: readonly string[]) =>
    new RecordSet(
      `${name}-google-${word}-${what}`,
      {
        project,
        managedZone: made.name,
        name: recordName,
        type,
        ttl: TTL_SECONDS,
        rrdatas: [...rrdatas],
      },
      child(),
    );
  return [
    record("addresses", apex, "A", ADDRESSES),
    record("names", `*.${domain}.`, "CNAME", [apex]),
  ];
}
