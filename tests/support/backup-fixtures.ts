import type { Resource } from "@pulumi/pulumi";
import {
  Backup,
  type BackupArgs,
  type BackupStore,
  type ConfigSource,
} from "../../components/workloads/index.ts";
import type { ComponentFixture } from "./component-contract.ts";
import { PLACE } from "./workload-fixtures.ts";

/** A backup of PostgreSQL whose password is in `source`. */
export function postgresBackup(source: ConfigSource): BackupArgs {
  return {
    ...PLACE,
    component: "postgres-backup",
    source: {
      kind: "postgres",
      part: "postgres",
      host: "postgres-service",
      port: 5432,
      database: "kaizen_studio",
      user: "kaizen_user",
      password: { source, key: "password" },
    },
    volume: { size: "100Gi", storageClass: "standard" },
  };
}

/** A backup of Redis whose password is in `source`. */
export function redisBackup(source: ConfigSource): BackupArgs {
  return {
    ...PLACE,
    component: "redis-backup",
    source: {
      kind: "redis",
      part: "redis",
      host: "redis-service",
      port: 6379,
      password: { source, key: "password" },
      dataClaim: "redis-data",
      appendOnly: true,
      userId: 999,
    },
    volume: { size: "10Gi", storageClass: "standard" },
  };
}

export const S3_STORE: BackupStore = {
  objectStore: { api: "s3", bucket: "backups", region: "eu-central-1" },
  folder: "kaizen-studio/postgres",
  peers: [{ cidr: "198.51.100.0/24", ports: [{ port: 443, protocol: "TCP" }] }],
};

/** A Secret that is there already; `object` stands for it. */
export function passwordSource(object: Resource): ConfigSource {
  return {
    kind: "Secret",
    name: "studio-secrets",
    keys: ["password"],
    checksums: { password: "0" },
    object,
  };
}

export const BACKUP_FIXTURES: Readonly<Record<string, ComponentFixture>> = {
  Backup: {
    create: (name, { earlier }, opts) => {
      const args = postgresBackup(passwordSource(earlier));
      const restore = { file: "latest", requestedAt: "2026-03-01T10:00" };
      return new Backup(name, { ...args, namespace: name, store: S3_STORE, restore }, opts);
    },
  },
};
