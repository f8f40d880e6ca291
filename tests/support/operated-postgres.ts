import type { PodPeer } from "../../components/core/platform-capabilities.ts";
import type { PostgresArchive } from "../../components/workloads/index.ts";

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
