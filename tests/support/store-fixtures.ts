import * as pulumi from "@pulumi/pulumi";
import {
  GeneratedSecrets,
  Postgres,
  Redis,
  type ConfigSource,
  type StatefulPostgresArgs,
  type RedisArgs,
} from "../../components/workloads/index.ts";
import { fullCapabilities } from "./capabilities.ts";
import { KNOWN_SECRET, type ComponentFixture, type ContractOptions } from "./component-contract.ts";
import type { Ground } from "./recorded-program.ts";
import { PLACE } from "./workload-fixtures.ts";

/** The Secret with the stores' passwords; call inside a recorded program only. */
export function storeSecret(name: string, opts: ContractOptions, namespace = "studio") {
  const password = { from: "value", value: pulumi.secret(KNOWN_SECRET) } as const;
  const entries = { "postgres-password": password, "redis-password": password };
  const args = { ...PLACE, namespace, secretName: "studio-secrets", entries };
  return new GeneratedSecrets(name, args, opts).source;
}

export function postgresArgs(source: ConfigSource): StatefulPostgresArgs {
  return {
    ...PLACE,
    mode: "statefulset",
    database: "kaizen_studio",
    user: "kaizen_user",
    password: { source, key: "postgres-password" },
    volume: { size: "50Gi", storageClass: "fast-ssd" },
    resources: {
      requests: { cpu: "500m", memory: "2Gi" },
      limits: { cpu: "2", memory: "4Gi" },
    },
    monitors: undefined,
  };
}

export function redisArgs(source: ConfigSource): RedisArgs {
  return {
    ...PLACE,
    mode: "single",
    password: { source, key: "redis-password" },
    volume: { size: "10Gi", storageClass: "fast-ssd" },
    resources: {
      requests: { cpu: "100m", memory: "256Mi" },
      limits: { cpu: "1", memory: "1Gi" },
    },
    monitors: undefined,
  };
}

/** The password in a Secret that something before the store made. */
function placed<A>(name: string, { earlier }: Ground, args: (source: ConfigSource) => A) {
  const keys = ["postgres-password", "redis-password"];
  const source = { kind: "Secret", name: "studio-secrets", keys, checksums: {}, object: earlier };
  const { monitors } = fullCapabilities(earlier);
  return { ...args(source as ConfigSource), namespace: name, monitors };
}

/** Fixtures of the data stores. */
export const STORE_FIXTURES: Readonly<Record<string, ComponentFixture>> = {
  Postgres: {
    create: (name, ground, opts) => new Postgres(name, placed(name, ground, postgresArgs), opts),
  },
  Redis: {
    create: (name, ground, opts) => new Redis(name, placed(name, ground, redisArgs), opts),
  },
};
