import { createHash } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { refuse } from "../core/invalid-args.ts";
import { withDefaults } from "../core/with-defaults.ts";
import { createClaim } from "./claim.ts";
import { createFiles } from "./config-files.ts";
import type { ConfigSource } from "./config-source.ts";
import type { Connection } from "./connections.ts";
import { sourcesOf } from "./container.ts";
import { BACKUP_DEFAULTS, type BackupArgs, type FullBackupArgs } from "./backup-args.ts";
import { checkBackup } from "./backup-check.ts";
import { backupJob, restoreJob } from "./backup-pods.ts";
import { backupScripts } from "./backup-scripts.ts";
import type { PostgresSource } from "./backup-source.ts";
import { namedAs } from "./deployment.ts";
import type { WorkloadSize } from "./namespace-quota.ts";
import { plainArgs } from "../core/plain-args.ts";
import { containersOf } from "./pod.ts";
import type { RestoreRequest } from "./restore-request.ts";
import { jobSpec, ScheduledJob } from "./scheduled-job.ts";

/**
 * Backs a PostgreSQL database or a Redis up on a schedule, to a volume of its own and from there to an
 * object store, and restores when asked to. Name its `backupConnections` in Connections and its
 * `backupSize` in the namespace's quota.
 */
export class Backup extends pulumi.ComponentResource {
  constructor(name: string, args: BackupArgs, opts?: ChildBearingOptions) {
    super("slipway:workloads:Backup", name, plainArgs(args), opts);
    const full: FullBackupArgs = withDefaults(BACKUP_DEFAULTS, args);
    refuse(checkBackup(full), this);
    const { namespace, component, volume, protectData, retainOnDelete } = full;
    const options = childOptions(this, opts);
    const scripts = createFiles(name, full, `${component}-scripts`, backupScripts(), options);
    const claim = createClaim(name, { namespace, claimName: component, volume }, full, {
      ...options,
      protect: protectData,
      retainOnDelete,
    });
    const inside = { parent: this, dependsOn: [...(opts?.dependsOn ?? []), claim] };
    const job = new ScheduledJob(`${name}-schedule`, backupJob(full, scripts), inside);
    const { restore } = full;
    if (restore !== undefined) this.createRestore(name, full, restore, scripts, [claim, job], opts);
    this.registerOutputs({ cronJobName: component, claimName: component });
  }

  /** Runs under the ServiceAccount of the CronJob, as the same part of the system. */
  private createRestore(
    name: string,
    args: FullBackupArgs,
    request: RestoreRequest,
    scripts: ConfigSource,
    after: readonly pulumi.Resource[],
    opts: ChildBearingOptions | undefined,
  ): void {
    const job = restoreJob(args, request, scripts);
    const sources = sourcesOf(...containersOf(job)).map((source) => source.object);
    const hash = restoreHash(request);
    new k8s.batch.v1.Job(
      `${name}-restore-${hash}`,
      {
        metadata: {
          ...namedAs(args, restoreJobName(args, request)),
          // A Job that failed stays failed: only another one can succeed.
          annotations: { "pulumi.com/replaceUnready": "true" },
        },
        // No time to live: the script refuses to repeat a request, but the Job says that it was done.
        spec: jobSpec(job),
      },
      {
        ...childOptions(this, opts, [...after, ...sources]),
        // A Job's pods cannot change, so a new image would replace it. Each request is a resource of
        // its own, so what is ignored is never carried to the next.
        ignoreChanges: ["spec"],
        customTimeouts: { create: `${job.deadlineSeconds + 60}s` },
      },
    );
  }
}

function restoreHash(request: RestoreRequest): string {
  const identity = JSON.stringify([request.file, request.requestedAt]);
  return createHash("sha256").update(identity).digest("hex").slice(0, 10);
}

/** The name of the Job that carries a request out. */
export function restoreJobName(
  args: Pick<BackupArgs, "component">,
  request: RestoreRequest,
): string {
  return `${args.component}-restore-${restoreHash(request)}`;
}

/** What the pods of a backup have to reach: the server, and the store where there is one. */
export function backupConnections(
  args: Pick<BackupArgs, "component" | "store"> & {
    readonly source: Pick<PostgresSource, "part" | "addresses" | "port">;
  },
): Connection[] {
  const { source, store } = args;
  const from = { part: args.component };
  const { part, addresses, port } = source;
  return [
    ...(part === undefined ? [] : [{ from, to: typeof part === "string" ? { part } : part, port }]),
    ...(addresses === undefined ? [] : [{ from, to: { addresses } }]),
    ...(store === undefined ? [] : [{ from, to: { addresses: store.peers } }]),
  ];
}

/** What a backup asks of its namespace's quota: a run, a restore, and the volume. */
export function backupSize(args: Pick<BackupArgs, "resources" | "volume">): WorkloadSize {
  const resources = args.resources ?? BACKUP_DEFAULTS.resources;
  return { resources, maxReplicas: 2, claims: [args.volume.size] };
}
