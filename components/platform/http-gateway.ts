import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { plainArgs } from "../core/plain-args.ts";
import { PROXY_LABELS } from "./envoy-gateway-values.ts";
import {
  envoyProxy,
  GATEWAY_ENTRANCE,
  gatewayClass,
  httpGateway,
  PROXY_NAME,
  type HttpGatewayObjectsArgs,
} from "./http-gateway-objects.ts";
import { podMonitor } from "./pod-monitor.ts";

export interface HttpGatewayArgs extends HttpGatewayObjectsArgs {
  /** Whether the kind PodMonitor is served; then the component depends on what serves it. */
  readonly monitored: boolean;
}

/**
 * The way in by the Gateway API: class, proxies with their load balancer, and a Gateway for plain HTTP.
 * Needs EnvoyGateway, and whatever makes load balancers, before it.
 */
export class HttpGateway extends pulumi.ComponentResource {
  /** What routes come after and go before. */
  readonly gateway: k8s.apiextensions.CustomResource;

  constructor(name: string, args: HttpGatewayArgs, opts?: ChildBearingOptions) {
    super("slipway:platform:HttpGateway", name, plainArgs(args), opts);
    const proxy = new k8s.apiextensions.CustomResource(
      `${name}-proxy`,
      envoyProxy(args),
      childOptions(this, opts),
    );
    const gatewayClassObject = new k8s.apiextensions.CustomResource(
      `${name}-class`,
      gatewayClass(),
      childOptions(this, opts, [proxy]),
    );
    this.gateway = new k8s.apiextensions.CustomResource(
      `${name}-gateway`,
      httpGateway(),
      childOptions(this, opts, [gatewayClassObject]),
    );
    if (args.monitored) {
      new k8s.apiextensions.CustomResource(
        `${name}-monitor`,
        podMonitor({
          name: PROXY_NAME,
          namespace: GATEWAY_ENTRANCE.namespace,
          podLabels: PROXY_LABELS,
          path: "/stats/prometheus",
        }),
        childOptions(this, opts),
      );
    }
    this.registerOutputs({ className: GATEWAY_ENTRANCE.className });
  }
}
