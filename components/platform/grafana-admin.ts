import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { configChecksum } from "../core/config-checksum.ts";
import { CHARTS } from "./charts.ts";
import { GRAFANA_ADMIN } from "./monitoring-values.ts";
import { platformLabels } from "./platform-namespace.ts";

export interface GrafanaAdminArgs {
  /** The password; generated when absent, and never one that a chart brings (D-77). */
  readonly password?: pulumi.Output<string>;
}

/** The Secret with the credentials of Grafana's administrator. Needs the namespace of monitoring. */
export class GrafanaAdmin extends pulumi.ComponentResource {
  readonly secret: k8s.core.v1.Secret;
  /** Changes with the password and tells nothing of it, for the pod to carry in clear. */
  readonly checksum: pulumi.Output<string>;

  constructor(name: string, args: GrafanaAdminArgs, opts?: ChildBearingOptions) {
    super("slipway:platform:GrafanaAdmin", name, args, opts);
    const password = pulumi.secret(args.password ?? this.generated(`${name}-password`));
    this.secret = new k8s.core.v1.Secret(
      `${name}-secret`,
      {
        metadata: {
          name: GRAFANA_ADMIN.secretName,
          namespace: CHARTS.kubePrometheusStack.namespace,
          labels: platformLabels("monitoring"),
        },
        data: {
          [GRAFANA_ADMIN.userKey]: Buffer.from("admin").toString("base64"),
          [GRAFANA_ADMIN.passwordKey]: password.apply((text) =>
            Buffer.from(text).toString("base64"),
          ),
        },
      },
      childOptions(this, opts),
    );
    const salt = this.generated(`${name}-checksum-salt`);
    this.checksum = pulumi.unsecret(
      pulumi
        .all([salt, password])
        .apply(([key, text]) => configChecksum({ [GRAFANA_ADMIN.passwordKey]: text }, key)),
    );
    this.registerOutputs({ secretName: GRAFANA_ADMIN.secretName });
  }

  private generated(name: string): pulumi.Output<string> {
    const args = { length: 32, special: false };
    return new random.RandomPassword(name, args, { parent: this }).result;
  }
}
