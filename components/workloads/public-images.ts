/**
 * The one table of public images that blocks run (design rule 6), with their registries, so that a
 * mirror can hold them. The servers are of the versions in the published manifests (E-31), each with the
 * patches there were when it was chosen; a tag without patch would be another server after a node was
 * replaced. All of them are in use in public.
 */
export const PUBLIC_IMAGES = {
  postgres: "docker.io/library/postgres:15.19-alpine",
  postgresOperated: "ghcr.io/cloudnative-pg/postgresql:15.19-standard-trixie",
  postgresExporter: "quay.io/prometheuscommunity/postgres-exporter:v0.17.1",
  redis: "docker.io/library/redis:7.4.11-alpine",
  rclone: "docker.io/rclone/rclone:1.74.4",
  redisExporter: "docker.io/oliver006/redis_exporter:v1.67.0",
  httpEcho: "docker.io/hashicorp/http-echo:1.0.0",
} as const;

/** Major version of the PostgreSQL above, which a server of a cloud has to have for its dump tools to fit. */
export const POSTGRES_MAJOR = "15";
