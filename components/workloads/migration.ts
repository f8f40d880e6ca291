import { createHash } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { refuse } from "../core/invalid-args.ts";
import type { Problem } from "../core/problem.ts";
import { withDefaults } from "../core/with-defaults.ts";
import { sourcesOf } from "./container.ts";
import { createServiceAccount, namedAs } from "./deployment.ts";
import { plainArgs } from "../core/plain-args.ts";
import { containersOf } from "./pod.ts";
import { checkJob, JOB_DEFAULTS, jobSpec, type JobArgs } from "./scheduled-job.ts";

export interface MigrationArgs extends JobArgs {
  /** What migrates (K-34); with the image it is the run's identity: the same two never run again. */
  readonly command: readonly string[];
}

/** Ten minutes, as long as the engine waits for a rollout; the rest as for any Job. */
export const MIGRATION_DEFAULTS = {
  ...JOB_DEFAULTS,
  deadlineSeconds: 600,
} as const satisfies Partial<MigrationArgs>;

type FullArgs = MigrationArgs & Required<Pick<MigrationArgs, keyof typeof MIGRATION_DEFAULTS>>;

/**
 * Brings a database to what an image expects (B-30, D-62): one Job for each image and command, named
 * after both. Whatever needs the new schema names the component in its `after`; `up` stops there when
 * the Job fails, with the old pods still serving, and the next `up` tries again.
 */
export class Migration extends pulumi.ComponentResource {
  constructor(name: string, args: MigrationArgs, opts?: ChildBearingOptions) {
    super("slipway:workloads:Migration", name, plainArgs(args), opts);
    const full: FullArgs = withDefaults(MIGRATION_DEFAULTS, args);
    refuse(checkMigration(full), this);
    const account = createServiceAccount(name, full, childOptions(this, opts));
    const sources = sourcesOf(...containersOf(full)).map((source) => source.object);
    const jobName = migrationName(full);
    new k8s.batch.v1.Job(
      `${name}-job-${migrationHash(full)}`,
      {
        metadata: {
          ...namedAs(full, jobName),
          // A Job that failed stays failed: only another one can succeed.
          annotations: { "pulumi.com/replaceUnready": "true" },
        },
        // No time to live: a Job that is gone would be created, and so run, again.
        spec: jobSpec(full),
      },
      {
        ...childOptions(this, opts, [account, ...sources]),
        // A Job's pods cannot change, so a new size or setting would replace it and run it again. It
        // is a resource of its own for each hash, so what is ignored is never carried to the next.
        ignoreChanges: ["spec"],
        customTimeouts: { create: `${full.deadlineSeconds + 60}s` },
      },
    );
    this.registerOutputs({ jobName });
  }
}

/** Everything wrong with the arguments that their types cannot say. */
export function checkMigration(args: FullArgs): Problem[] {
  const none: Problem = {
    path: "command",
    got: "[]",
    expected: "a program to run",
    remedy: "Name what migrates; the image's own entrypoint starts the application.",
  };
  const long: Problem = {
    path: "component",
    got: JSON.stringify(args.component),
    expected: "at most 52 letters, because the name of the Job appends eleven",
    remedy: "Shorten it.",
  };
  return [
    ...(args.command.length === 0 ? [none] : []),
    ...(args.component.length <= 52 ? [] : [long]),
    ...checkJob(args),
  ];
}

/** Tells one migration from another: what runs, and nothing of how. */
export function migrationHash(args: Pick<MigrationArgs, "image" | "command" | "args">): string {
  const identity = JSON.stringify([args.image, args.command, args.args ?? []]);
  return createHash("sha256").update(identity).digest("hex").slice(0, 10);
}

/** The Job's name. */
export function migrationName(
  args: Pick<MigrationArgs, "component" | "image" | "command">,
): string {
  return `${args.component}-${migrationHash(args)}`;
}
