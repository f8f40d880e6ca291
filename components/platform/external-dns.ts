import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { NetworkPeer } from "../core/cluster-handle.ts";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { plainArgs } from "../core/plain-args.ts";
import { AddOnNamespace } from "./add-on-namespace.ts";
import type { AddOnTraffic, TrafficSurroundings } from "./add-on-traffic.ts";
import { CHARTS } from "./charts.ts";
import {
  AZURE_CONFIG_NAME,
  azureConfig,
  externalDnsValues,
  type ExternalDnsValuesArgs,
} from "./external-dns-values.ts";
import { helmAddon } from "./helm-addon.ts";
import { platformLabels } from "./platform-namespace.ts";

export interface ExternalDnsArgs extends ExternalDnsValuesArgs {
  readonly surroundings: TrafficSurroundings;
  /** Where the pod gets the cloud's credentials for its own. */
  readonly identityEndpoint: readonly NetworkPeer[];
}

/** Metrics, and the API of the zone. */
const EXTERNAL_DNS_TRAFFIC: AddOnTraffic = { metrics: [7979], internet: [443] };

/**
 * external-dns: writes the hosts of Ingresses and annotated Services into the cluster's zone. Records
 * stay in the zone when it goes, unless they are gone before it under the policy `sync`.
 */
export class ExternalDns extends pulumi.ComponentResource {
  readonly release: k8s.helm.v3.Release;

  constructor(name: string, args: ExternalDnsArgs, opts?: ChildBearingOptions) {
    super("slipway:platform:ExternalDns", name, plainArgs(args), opts);
    const pin = CHARTS.externalDns;
    const { namespace } = pin;
    const dependsOn = [...(opts?.dependsOn ?? []), ...args.identity.ready];
    const home = new AddOnNamespace(
      `${name}-home`,
      {
        namespace,
        podSecurity: "restricted",
        traffic: { ...EXTERNAL_DNS_TRAFFIC, addresses: args.identityEndpoint },
        surroundings: args.surroundings,
      },
      { parent: this, dependsOn: [...(opts?.dependsOn ?? [])] },
    );
    const config = azureConfig(args.dns);
    const files =
      config === undefined
        ? []
        : [
            new k8s.core.v1.ConfigMap(
              `${name}-azure`,
              {
                metadata: {
                  name: AZURE_CONFIG_NAME,
                  namespace,
                  labels: platformLabels("external-dns"),
                },
                data: { "azure.json": config },
              },
              childOptions(this, opts, [home]),
            ),
          ];
    this.release = helmAddon(
      `${name}-release`,
      { pin, values: externalDnsValues(args) },
      { parent: this, dependsOn: [...dependsOn, home, ...files] },
    );
    this.registerOutputs({ domain: args.dns.domain });
  }
}
