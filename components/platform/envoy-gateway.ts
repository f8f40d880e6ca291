import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { plainArgs } from "../core/plain-args.ts";
import { AddOnNamespace } from "./add-on-namespace.ts";
import type { TrafficSurroundings } from "./add-on-traffic.ts";
import { CHARTS } from "./charts.ts";
import {
  ENVOY_GATEWAY_TRAFFIC,
  envoyGatewayValues,
  GATEWAY_CONTROLLER_LABELS,
  type EnvoyGatewayValuesArgs,
} from "./envoy-gateway-values.ts";
import { helmAddon } from "./helm-addon.ts";
import { podMonitor } from "./pod-monitor.ts";

export interface EnvoyGatewayArgs extends EnvoyGatewayValuesArgs {
  /** Whether the kind PodMonitor is served; then the component depends on what serves it. */
  readonly monitored: boolean;
  readonly surroundings: TrafficSurroundings;
}

/**
 * Envoy Gateway, the controller of the Gateway API, with its kinds (D-75). It comes before cert-manager,
 * which does not start without these kinds once it answers challenges by them; and so does nothing yet:
 * proxies and load balancer come with HttpGateway.
 */
export class EnvoyGateway extends pulumi.ComponentResource {
  readonly release: k8s.helm.v3.Release;

  constructor(name: string, args: EnvoyGatewayArgs, opts?: ChildBearingOptions) {
    super("slipway:platform:EnvoyGateway", name, plainArgs(args), opts);
    const pin = CHARTS.envoyGateway;
    const home = new AddOnNamespace(
      `${name}-home`,
      {
        namespace: pin.namespace,
        podSecurity: "restricted",
        traffic: ENVOY_GATEWAY_TRAFFIC,
        surroundings: args.surroundings,
      },
      { parent: this, dependsOn: [...(opts?.dependsOn ?? [])] },
    );
    this.release = helmAddon(
      `${name}-release`,
      // Its kinds lie in a crds folder; docs/runbooks/upgrade-definitions.md upgrades them.
      { pin, values: envoyGatewayValues(args), skipCrds: false },
      { parent: this, dependsOn: [...(opts?.dependsOn ?? []), home] },
    );
    if (args.monitored) {
      new k8s.apiextensions.CustomResource(
        `${name}-monitor`,
        podMonitor({
          name: "envoy-gateway",
          namespace: pin.namespace,
          podLabels: GATEWAY_CONTROLLER_LABELS,
          path: "/metrics",
        }),
        childOptions(this, opts, [home]),
      );
    }
    this.registerOutputs({ namespace: pin.namespace });
  }
}
