import type {
  MigrationArgs,
  ScheduledJobArgs,
  StatefulServiceArgs,
  WorkerArgs,
} from "../../components/workloads/index.ts";
import {
  Migration,
  ScheduledJob,
  StatefulService,
  Worker,
} from "../../components/workloads/index.ts";
import { fullCapabilities } from "./capabilities.ts";
import type { ComponentFixture } from "./component-contract.ts";
import { PLACE, RESOURCES } from "./workload-fixtures.ts";

export const workerArgs: WorkerArgs = {
  ...PLACE,
  component: "worker",
  image: "registry.test/studio-worker:v1.0.0",
  resources: RESOURCES,
  scale: { replicas: 2 },
};

export const scheduledJobArgs: ScheduledJobArgs = {
  ...PLACE,
  component: "report",
  image: "registry.test/studio-report:v1.0.0",
  resources: RESOURCES,
  schedule: "0 2 * * *",
};

export const migrationArgs: MigrationArgs = {
  ...PLACE,
  component: "migration",
  image: "registry.test/studio-backend:v1.0.0",
  command: ["alembic", "upgrade", "head"],
  resources: RESOURCES,
};

export const statefulServiceArgs: StatefulServiceArgs = {
  ...PLACE,
  component: "queue",
  image: "registry.test/queue:v1.0.0",
  resources: RESOURCES,
  ports: { client: 4222 },
  serviceName: "queue-service",
  health: { tcp: "client" },
  volumes: { data: { path: "/data", size: "10Gi", storageClass: "fast-ssd" } },
};

/** Fixtures of the blocks that run pods without HTTP. */
export const BLOCK_FIXTURES: Readonly<Record<string, ComponentFixture>> = {
  Migration: {
    create: (name, _, opts) => new Migration(name, { ...migrationArgs, namespace: name }, opts),
  },
  ScheduledJob: {
    create: (name, _, opts) =>
      new ScheduledJob(name, { ...scheduledJobArgs, namespace: name }, opts),
  },
  StatefulService: {
    create: (name, { earlier }, opts) => {
      const { monitors } = fullCapabilities(earlier);
      const args = { ...statefulServiceArgs, namespace: name, replicas: 3 };
      const metrics = { port: "client", path: "/metrics", monitors };
      return new StatefulService(name, { ...args, metrics }, opts);
    },
  },
  Worker: {
    create: (name, _, opts) => new Worker(name, { ...workerArgs, namespace: name }, opts),
  },
};
