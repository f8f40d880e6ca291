import * as pulumi from "@pulumi/pulumi";
import type {
  ManagedPostgres,
  ManagedPostgresRequest,
} from "../../components/core/managed-postgres.ts";

/** Where the cloud's servers of the tests answer. */
export const DATABASE_PEERS = [
  { cidr: "10.40.0.0/24", ports: [{ port: 5432, protocol: "TCP" }] },
] as const;

/** What the tests look at of a request; its password is an output. */
export type Asked = Omit<ManagedPostgresRequest, "adminPassword"> & { readonly name: string };

/** A cloud that runs what it is asked for, and keeps what that was. Call inside a recorded program only. */
export function managedCloud(
  ready: pulumi.Resource,
  change: Partial<ManagedPostgres> = {},
): {
  readonly asked: Asked[];
  readonly create: (name: string, request: ManagedPostgresRequest) => ManagedPostgres;
} {
  const asked: Asked[] = [];
  return {
    asked,
    create: (name, { adminPassword, ...request }) => {
      asked.push({ name, ...request });
      return {
        host: pulumi.output("db.cloud.test"),
        port: 5432,
        adminUser: request.adminUser,
        adminPassword,
        caCertificate: pulumi.output("-----BEGIN CERTIFICATE-----"),
        peers: DATABASE_PEERS,
        ready: [ready],
        ...change,
      };
    },
  };
}
