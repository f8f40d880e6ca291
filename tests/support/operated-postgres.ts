import * as pulumi from "@pulumi/pulumi";
import type { PodPeer } from "../../components/core/platform-capabilities.ts";
import type {
  ConfigSource,
  PostgresArchive,
  PostgresArgs,
} from "../../components/workloads/index.ts";
import { fullCapabilities } from "./capabilities.ts";
import { postgresArgs } from "./store-fixtures.ts";

/** The operator's pods, as the platform names them. */
export const OPERATOR_PODS: PodPeer = {
  namespaceLabels: { "kubernetes.io/metadata.name": "cnpg-system" },
  podLabels: { "app.kubernetes.io/name": "cloudnative-pg" },
};

/** An archive in a bucket of S3. */
export const S3_ARCHIVE: PostgresArchive = {
  store: {
    objectStore: { api: "s3", bucket: "acme", region: "eu-west-1" },
    folder: "studio/postgres-archive",
    peers: [{ cidr: "10.9.0.0/24", ports: [{ port: 443, protocol: "TCP" }] }],
  },
  schedule: "0 2 * * *",
  keepDays: 14,
};

export type OperatedArgs = Extract<PostgresArgs, { readonly mode: "cnpg" }>;

/** A database in mode cnpg, watched, and without an archive. */
export function operatedArgs(earlier: pulumi.Resource): OperatedArgs {
  const keys = ["postgres-password"];
  const source = { kind: "Secret", name: "studio-secrets", keys, checksums: {}, object: earlier };
  return {
    ...postgresArgs(source as ConfigSource),
    monitors: fullCapabilities(earlier).monitors,
    mode: "cnpg",
    operator: { pods: OPERATOR_PODS, apiServer: [], ready: [earlier] },
    passwordValue: pulumi.secret("p@ss"),
  };
}
