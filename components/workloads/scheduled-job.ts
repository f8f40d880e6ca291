import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { refuse } from "../core/invalid-args.ts";
import type { Problem } from "../core/problem.ts";
import type { ResourceBounds } from "../core/quantity.ts";
import { withDefaults } from "../core/with-defaults.ts";
import { checkCount } from "./availability.ts";
import { checkContainer, sourcesOf } from "./container.ts";
import { createServiceAccount, namedAs, type Place } from "./deployment.ts";
import { plainArgs } from "../core/plain-args.ts";
import { checkPodOptions, containersOf, podTemplate, type PodOptions } from "./pod.ts";
import { checkSchedule } from "../core/schedule.ts";

/** A run of a container that ends by itself. */
export interface JobArgs extends Place, PodOptions {
  /** The part of the system, and the name of Job or CronJob. No Service may select it. */
  readonly component: string;
  /** With tag or digest (K-14). */
  readonly image: string;
  readonly resources: ResourceBounds;
  /** Seconds after which a run is killed, its retries included; at least 1 (E-34). @default 7200 */
  readonly deadlineSeconds?: number;
  /** How often a run that failed is tried again (E-34). @default 2 */
  readonly retries?: number;
}

export interface ScheduledJobArgs extends JobArgs {
  /** Five fields: minute, hour, day of month, month, day of week. Applies from the next run. */
  readonly schedule: string;
  /** Name of the time zone in which the schedule is read. @default "Etc/UTC" */
  readonly timeZone?: string;
  /** Seconds that a run may be late before it is left out, at least 10. @default 3600 */
  readonly startingDeadlineSeconds?: number;
  /** Runs of which logs are kept, by how they ended; at least 0. @default 3 */
  readonly keepSucceeded?: number;
  /** @default 3 */
  readonly keepFailed?: number;
  /** Starts no more runs; one that runs goes on. @default false */
  readonly suspended?: boolean;
}

export const JOB_DEFAULTS = {
  deadlineSeconds: 7200,
  retries: 2,
} as const satisfies Partial<JobArgs>;

export const SCHEDULED_JOB_DEFAULTS = {
  ...JOB_DEFAULTS,
  timeZone: "Etc/UTC",
  startingDeadlineSeconds: 3600,
  keepSucceeded: 3,
  keepFailed: 3,
  suspended: false,
} as const satisfies Partial<ScheduledJobArgs>;

type FullJobArgs = JobArgs & Required<Pick<JobArgs, keyof typeof JOB_DEFAULTS>>;
type FullArgs = ScheduledJobArgs &
  Required<Pick<ScheduledJobArgs, keyof typeof SCHEDULED_JOB_DEFAULTS>>;

/**
 * Runs a container on a schedule, never two at once: a CronJob under the component's name, for
 * `kubectl create job --from=cronjob/NAME`, with a ServiceAccount.
 */
export class ScheduledJob extends pulumi.ComponentResource {
  constructor(name: string, args: ScheduledJobArgs, opts?: ChildBearingOptions) {
    super("slipway:workloads:ScheduledJob", name, plainArgs(args), opts);
    const full: FullArgs = withDefaults(SCHEDULED_JOB_DEFAULTS, args);
    refuse(checkScheduledJob(full), this);
    const account = createServiceAccount(name, full, childOptions(this, opts));
    const sources = sourcesOf(...containersOf(full)).map((source) => source.object);
    new k8s.batch.v1.CronJob(
      `${name}-cronjob`,
      { metadata: namedAs(full, full.component), spec: cronJobSpec(full) },
      childOptions(this, opts, [account, ...sources]),
    );
    this.registerOutputs({ cronJobName: full.component });
  }
}

/** Everything wrong with the arguments that their types cannot say. */
export function checkScheduledJob(args: FullArgs): Problem[] {
  const name: Problem = {
    path: "component",
    got: JSON.stringify(args.component),
    expected: "at most 52 letters, because its Jobs append eleven",
    remedy: "Shorten it.",
  };
  return [
    ...checkSchedule(args.schedule, "schedule"),
    ...(args.component.length <= 52 ? [] : [name]),
    // The controller looks every ten seconds; a shorter deadline would let it miss every run.
    ...checkCount(args.startingDeadlineSeconds, 10, "startingDeadlineSeconds"),
    ...checkCount(args.keepSucceeded, 0, "keepSucceeded"),
    ...checkCount(args.keepFailed, 0, "keepFailed"),
    ...checkJob(args),
  ];
}

/** Problems of a run. */
export function checkJob(args: FullJobArgs): Problem[] {
  return [
    ...checkContainer({ name: args.component, image: args.image, resources: args.resources }),
    ...checkCount(args.deadlineSeconds, 1, "deadlineSeconds"),
    ...checkCount(args.retries, 0, "retries"),
    ...checkPodOptions(args),
  ];
}

/** The CronJob's spec. */
export function cronJobSpec(args: FullArgs): k8s.types.input.batch.v1.CronJobSpec {
  return {
    schedule: args.schedule,
    timeZone: args.timeZone,
    concurrencyPolicy: "Forbid",
    startingDeadlineSeconds: args.startingDeadlineSeconds,
    successfulJobsHistoryLimit: args.keepSucceeded,
    failedJobsHistoryLimit: args.keepFailed,
    suspend: args.suspended,
    jobTemplate: {
      metadata: { labels: namedAs(args, args.component).labels },
      spec: jobSpec(args),
    },
  };
}

/** The spec of a Job. A pod that failed is kept, so that its log can be read; the retry is a new one. */
export function jobSpec(args: FullJobArgs): k8s.types.input.batch.v1.JobSpec {
  return {
    backoffLimit: args.retries,
    activeDeadlineSeconds: args.deadlineSeconds,
    template: podTemplate({
      ...args,
      identity: args,
      serviceAccountName: args.component,
      madeBy: "Job",
    }),
  };
}
