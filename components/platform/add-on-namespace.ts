import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { plainArgs } from "../core/plain-args.ts";
import { trafficPolicy, type AddOnTraffic, type TrafficSurroundings } from "./add-on-traffic.ts";
import { platformLabels, platformNamespaceSpec } from "./platform-namespace.ts";

export interface AddOnNamespaceArgs {
  /** Physical name. Changing it moves, and so recreates, all that is in it. */
  readonly namespace: string;
  /** The Pod Security level that the API server enforces; anything but restricted needs a reason. */
  readonly podSecurity: "restricted" | "privileged";
  readonly traffic: AddOnTraffic;
  readonly surroundings: TrafficSurroundings;
}

/**
 * Sizes of a container for which a chart gives none, so that no pod is without. Defaults and no bounds:
 * what is written for a container, requests and limits, is taken as it is. A request alone, larger than
 * the limit here, would keep its pod out.
 */
export const UNSIZED_CONTAINER = {
  defaultRequest: { cpu: "10m", memory: "64Mi" },
  default: { cpu: "1", memory: "512Mi" },
} as const;

/**
 * A namespace in which an add-on is at home: Pod Security, sizes for containers without, and all traffic
 * dropped that is not named.
 * Others `dependsOn` the component, and so on all of these.
 */
export class AddOnNamespace extends pulumi.ComponentResource {
  constructor(name: string, args: AddOnNamespaceArgs, opts?: ChildBearingOptions) {
    super("slipway:platform:AddOnNamespace", name, plainArgs(args), opts);
    const namespace = new k8s.core.v1.Namespace(
      `${name}-namespace`,
      platformNamespaceSpec(args.namespace, args.podSecurity),
      childOptions(this, opts),
    );
    const metadata = { namespace: args.namespace, labels: platformLabels(args.namespace) };
    new k8s.core.v1.LimitRange(
      `${name}-limits`,
      { metadata, spec: { limits: [{ type: "Container", ...UNSIZED_CONTAINER }] } },
      childOptions(this, opts, [namespace]),
    );
    new k8s.networking.v1.NetworkPolicy(
      `${name}-traffic`,
      {
        metadata,
        spec: trafficPolicy(args.traffic, args.surroundings),
      },
      childOptions(this, opts, [namespace]),
    );
    this.registerOutputs({ namespace: args.namespace });
  }
}
