import type * as pulumi from "@pulumi/pulumi";
import type { NetworkPeer } from "./network-address.ts";
import type { CpuAndMemory } from "./quantity.ts";

/** A PostgreSQL server that the cloud runs, as somebody wants it. The cloud picks what comes nearest. */
export interface ManagedPostgresRequest {
  /** Major version, such as `15`. A higher one is an upgrade in place with an outage; a lower one is refused. */
  readonly version: string;
  /** Of the server, at least: the smallest machine that has as much is taken. A change restarts it. */
  readonly size: CpuAndMemory;
  /** At least as much, such as `50Gi`. Grows where it is; no cloud lets it shrink. */
  readonly storage: string;
  /** Made with the server, owned by `adminUser`. Taking one away deletes it, unless `retain` is set. */
  readonly databases: readonly string[];
  /** Login name of the owner of all databases, the clouds' reserved names excepted. Another one replaces the server. */
  readonly adminUser: string;
  /** Secret. A new value is taken over in place, without a restart. */
  readonly adminPassword: pulumi.Output<string>;
  /** A second server in another zone takes over when the first is lost. */
  readonly highlyAvailable: boolean;
  /** Days for which the cloud keeps its own daily backups, 1 to 35. They come on top of Backup's. */
  readonly backupDays: number;
  /** Neither the engine nor the cloud deletes the server or a database until this is false again. */
  readonly retain: boolean;
}

/** A server that the cloud runs, and what pods need to reach it. Encrypted connections are all it takes. */
export interface ManagedPostgres {
  /** Name or address inside the cluster's network. */
  readonly host: pulumi.Output<string>;
  readonly port: number;
  readonly adminUser: string;
  /** Secret. Known only when the server has taken it over, so that pods roll after it. */
  readonly adminPassword: pulumi.Output<string>;
  /** PEM of whoever signed the server's certificate; absent where the public authorities did. */
  readonly caCertificate?: pulumi.Output<string>;
  /** Where the server answers, for network policies: plain data, so that a preview is complete. */
  readonly peers: readonly NetworkPeer[];
  /** Server and databases, for `dependsOn`. */
  readonly ready: readonly pulumi.Resource[];
}

/**
 * Creates a managed server. `name` is the logical name and, after the cluster's own, the physical one;
 * at most 30 letters, digits and dashes. A cluster that cannot do it leaves the function out.
 */
export type CreateManagedPostgres = (
  name: string,
  request: ManagedPostgresRequest,
) => ManagedPostgres;
