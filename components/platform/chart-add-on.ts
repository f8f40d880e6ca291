import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ChildBearingOptions } from "../core/child-options.ts";
import { AddOnNamespace } from "./add-on-namespace.ts";
import type { AddOnTraffic, TrafficSurroundings } from "./add-on-traffic.ts";
import type { ChartValues } from "./chart-values.ts";
import type { ChartPin } from "./charts.ts";
import { helmAddon } from "./helm-addon.ts";

/** A namespace of the add-on's own. */
export interface AddOnHome {
  /** The Pod Security level that the API server enforces; anything but restricted needs a reason. */
  readonly podSecurity: "restricted" | "privileged";
  readonly traffic: AddOnTraffic;
  readonly surroundings: TrafficSurroundings;
}

export interface ChartAddOnArgs {
  readonly pin: ChartPin;
  readonly values: ChartValues;
  /** Absent where the release goes into a namespace that is there already. */
  readonly home?: AddOnHome;
  /** Seconds until an install or upgrade that is not ready counts as failed. @default 300 */
  readonly timeoutSeconds?: number;
  /** Leaves out what lies in the chart's crds folder; see HelmAddonArgs. @default true */
  readonly skipCrds?: boolean;
}

/** An add-on that is a chart and a namespace of its own, and nothing beside them. */
export class ChartAddOn extends pulumi.ComponentResource {
  readonly release: k8s.helm.v3.Release;

  constructor(name: string, args: ChartAddOnArgs, opts?: ChildBearingOptions) {
    const { pin, home, ...release } = args;
    super("slipway:platform:ChartAddOn", name, { pin }, opts);
    const dependsOn = [...(opts?.dependsOn ?? [])];
    if (home !== undefined) {
      const place = { namespace: pin.namespace, ...home };
      dependsOn.push(new AddOnNamespace(`${name}-home`, place, { parent: this, dependsOn }));
    }
    this.release = helmAddon(`${name}-release`, { pin, ...release }, { parent: this, dependsOn });
    this.registerOutputs({ namespace: pin.namespace });
  }
}
