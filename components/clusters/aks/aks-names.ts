import { shortened, withoutDashes } from "../cloud-names.ts";
import type { AksSettings } from "../settings.ts";

/** Azure refuses longer names of a cluster's own DNS. */
const LONGEST_DNS_PREFIX = 54;
/** The longest name of a storage account; its name is an address in a domain that all of Azure shares. */
const LONGEST_ACCOUNT = 24;
const LONGEST_REGISTRY = 50;

/**
 * Physical names of what a cluster on AKS is made of, from its settings alone. Names that all of Azure
 * shares end in a hash that the subscription is part of: a second stack elsewhere cannot have taken them.
 */
export interface AksNames {
  /** Resource group of network, cluster and everything that goes with them. */
  readonly group: string;
  /** Resource group of what may outlive the cluster: object stores and keys. */
  readonly dataGroup: string;
  /** Resource group of the volumes: that of the nodes goes with the cluster, and all disks in it. */
  readonly volumesGroup: string;
  /** Resource group of the DNS zone alone, because who manages it must be able to list the group. */
  readonly dnsGroup: string;
  /** Resource group that AKS makes for nodes, disks and load balancers. */
  readonly nodeGroup: string;
  readonly dnsPrefix: string;
  readonly network: string;
  /** Storage account of the backups. */
  readonly backupsAccount: string;
  /** Storage account of the logs. */
  readonly logsAccount: string;
  readonly registry: string;
}

/** See {@link AksNames}. */
export function aksNames({ name, subscription }: AksSettings): AksNames {
  const shared = (purpose: string, longest: number) =>
    withoutDashes(`${name}-${purpose}-${subscription}`, longest);
  return {
    group: name,
    dataGroup: `${name}-data`,
    volumesGroup: `${name}-volumes`,
    dnsGroup: `${name}-dns`,
    nodeGroup: `${name}-nodes`,
    dnsPrefix: shortened(name, LONGEST_DNS_PREFIX),
    network: name,
    backupsAccount: shared("backups", LONGEST_ACCOUNT),
    logsAccount: shared("logs", LONGEST_ACCOUNT),
    registry: shared("images", LONGEST_REGISTRY),
  };
}

/**
 * Names of the containers, which are what the contract calls buckets. They need not be unique in Azure:
 * the account is part of the endpoint.
 */
export const CONTAINERS = { backups: "backups", logs: "logs" } as const;

/** Where a storage account answers; inside the network the name leads to a private endpoint. */
export const blobEndpoint = (account: string): string => `https://${account}.blob.core.windows.net`;
