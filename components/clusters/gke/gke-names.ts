import { shortened } from "../cloud-names.ts";
import type { GkeSettings } from "../settings.ts";

/** The longest name of a service account. */
const LONGEST_ACCOUNT = 30;
/** The longest name of a bucket, without dots. */
const LONGEST_BUCKET = 63;

/**
 * Physical names of what a cluster on GKE is made of, from its settings alone. All of Google shares the
 * names of buckets, so the project is part of them.
 */
export interface GkeNames {
  readonly network: string;
  readonly nodesSubnet: string;
  readonly controlPlaneSubnet: string;
  readonly loadBalancersSubnet: string;
  /** The range from which managed PostgreSQL gets its addresses. */
  readonly postgresRange: string;
  /** The account that the nodes are. */
  readonly nodesAccount: string;
  readonly backupsBucket: string;
  readonly logsBucket: string;
  /** The bucket of Cloud Logging, which is none of Cloud Storage. */
  readonly auditLogs: string;
  readonly dnsZone: string;
  readonly registry: string;
  /** Begins the names of the secrets that are this stack's. */
  readonly secretPrefix: string;
}

/** See {@link GkeNames}. */
export function gkeNames({ name, project }: GkeSettings): GkeNames {
  const bucket = (purpose: string) => shortened(`${name}-${purpose}-${project}`, LONGEST_BUCKET);
  return {
    network: name,
    nodesSubnet: `${name}-nodes`,
    controlPlaneSubnet: `${name}-control-plane`,
    loadBalancersSubnet: `${name}-load-balancers`,
    postgresRange: `${name}-postgres`,
    nodesAccount: shortened(`${name}-nodes`, LONGEST_ACCOUNT),
    backupsBucket: bucket("backups"),
    logsBucket: bucket("logs"),
    auditLogs: name,
    dnsZone: `${name}-public`,
    registry: name,
    secretPrefix: `${name}-`,
  };
}

/** Names of the ranges of the nodes' subnet that pods and Services live in. */
export const SECONDARY_RANGES = { pods: "pods", services: "services" } as const;

/** What the nodes of a cluster carry, for the firewall to name them by. */
export const nodeTag = ({ name }: Pick<GkeSettings, "name">): string => `${name}-node`;
