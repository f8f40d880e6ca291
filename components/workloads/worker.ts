import * as pulumi from "@pulumi/pulumi";
import type { ChildBearingOptions } from "../core/child-options.ts";
import { refuse } from "../core/invalid-args.ts";
import { withDefaults } from "../core/with-defaults.ts";
import {
  checkRolling,
  createDeployment,
  ROLLING_DEFAULTS,
  type FullRollingArgs,
  type RollingArgs,
} from "./deployment.ts";
import { plainArgs } from "../core/plain-args.ts";
import { probes, type ProbeAction } from "./probes.ts";

export interface WorkerArgs extends RollingArgs {
  /** Tells whether a container is healthy; all three probes do it. @default only its end is noticed */
  readonly health?: ProbeAction;
  /** Ports that probes or scrapers ask, by name. @default none */
  readonly ports?: Readonly<Record<string, number>>;
}

export const WORKER_DEFAULTS = {
  ...ROLLING_DEFAULTS,
  ports: {},
} as const satisfies Partial<WorkerArgs>;

/**
 * Pods that fetch their work themselves: as WebService, without a Service in front. One of a kind is
 * `scale: { replicas: 1 }`; while it rolls there are two for a moment.
 */
export class Worker extends pulumi.ComponentResource {
  constructor(name: string, args: WorkerArgs, opts?: ChildBearingOptions) {
    super("slipway:workloads:Worker", name, plainArgs(args), opts);
    const full: WorkerArgs & FullRollingArgs = withDefaults(WORKER_DEFAULTS, args);
    refuse(checkRolling(full), this);
    const { health, ports = {} } = full;
    const pod = { ports, ...(health === undefined ? {} : { probes: probes(health) }) };
    createDeployment(this, name, full, pod, opts);
    this.registerOutputs({ deploymentName: full.component });
  }
}
