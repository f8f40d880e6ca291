import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { plainArgs } from "../core/plain-args.ts";
import type { TrafficSurroundings } from "./add-on-traffic.ts";
import { AddOnNamespace } from "./add-on-namespace.ts";
import { CHARTS } from "./charts.ts";
import { helmAddon } from "./helm-addon.ts";
import { platformLabels } from "./platform-namespace.ts";
import {
  OPERATOR_LABELS,
  POSTGRES_OPERATOR_TRAFFIC,
  postgresArchiverValues,
  postgresOperatorValues,
  type PostgresOperatorValuesArgs,
} from "./postgres-operator-values.ts";

export interface PostgresOperatorArgs extends PostgresOperatorValuesArgs {
  readonly surroundings: TrafficSurroundings;
}

/**
 * CloudNativePG and its plugin for backups, in one namespace, as the plugin has to be (E-53). Needs
 * cert-manager, which signs the certificates by which the two know each other.
 */
export class PostgresOperator extends pulumi.ComponentResource {
  /** Operator and plugin, for `dependsOn`: databases go before them. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: PostgresOperatorArgs, opts?: ChildBearingOptions) {
    super("slipway:platform:PostgresOperator", name, plainArgs(args), opts);
    const { surroundings, replicas } = args;
    const { postgresOperator: pin, postgresArchiver } = CHARTS;
    const before = [...(opts?.dependsOn ?? [])];
    const home = new AddOnNamespace(
      `${name}-home`,
      {
        namespace: pin.namespace,
        podSecurity: "restricted",
        traffic: POSTGRES_OPERATOR_TRAFFIC,
        surroundings,
      },
      { parent: this, dependsOn: before },
    );
    const operator = helmAddon(
      `${name}-release`,
      { pin, values: postgresOperatorValues(args) },
      { parent: this, dependsOn: [...before, home] },
    );
    const archiver = helmAddon(
      `${name}-archiver-release`,
      { pin: postgresArchiver, values: postgresArchiverValues(args) },
      { parent: this, dependsOn: [...before, home, operator] },
    );
    // The chart has no budget of its own.
    if (replicas > 1) {
      new k8s.policy.v1.PodDisruptionBudget(
        `${name}-pdb`,
        {
          metadata: { namespace: pin.namespace, labels: platformLabels(pin.namespace) },
          spec: { minAvailable: replicas - 1, selector: { matchLabels: { ...OPERATOR_LABELS } } },
        },
        childOptions(this, opts, [home]),
      );
    }
    this.ready = [operator, archiver];
    this.registerOutputs({ namespace: pin.namespace });
  }
}
