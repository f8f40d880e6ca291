import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import type { SecretStore } from "../core/cluster-handle.ts";
import { plainArgs } from "../core/plain-args.ts";
import { AddOnNamespace } from "./add-on-namespace.ts";
import type { AddOnTraffic, TrafficSurroundings } from "./add-on-traffic.ts";
import { CHARTS } from "./charts.ts";
import {
  externalSecretsValues,
  type ExternalSecretsValuesArgs,
} from "./external-secrets-values.ts";
import { helmAddon } from "./helm-addon.ts";
import { clusterSecretStore, SECRET_STORE_NAMES } from "./secret-store.ts";

export interface ExternalSecretsArgs extends ExternalSecretsValuesArgs {
  /** The store of the cluster's cloud. */
  readonly store: SecretStore;
  readonly traffic: AddOnTraffic;
  readonly surroundings: TrafficSurroundings;
}

/** External Secrets, and the store of the cluster's cloud as one that every namespace may name. */
export class ExternalSecrets extends pulumi.ComponentResource {
  readonly store: k8s.apiextensions.CustomResource;

  constructor(name: string, args: ExternalSecretsArgs, opts?: ChildBearingOptions) {
    super("slipway:platform:ExternalSecrets", name, plainArgs(args), opts);
    const pin = CHARTS.externalSecrets;
    const { store, traffic, surroundings, ...values } = args;
    const before = [...(opts?.dependsOn ?? []), ...values.identity.ready];
    const home = new AddOnNamespace(
      `${name}-home`,
      { namespace: pin.namespace, podSecurity: "restricted", traffic, surroundings },
      { parent: this, dependsOn: before },
    );
    const release = helmAddon(
      `${name}-release`,
      { pin, values: externalSecretsValues(values) },
      { parent: this, dependsOn: [...before, home] },
    );
    // No wait for Ready: it needs the cloud, and an ExternalSecret that asks too early asks again.
    this.store = new k8s.apiextensions.CustomResource(
      `${name}-store`,
      clusterSecretStore(store),
      childOptions(this, opts, [release]),
    );
    this.registerOutputs({ store: SECRET_STORE_NAMES[store.api] });
  }
}
