import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

export const stack = "test";

/** A component that holds whatever `fill` makes below it. */
export class Box extends pulumi.ComponentResource {
  constructor(
    name: string,
    fill: (box: pulumi.Resource) => void,
    opts?: pulumi.ComponentResourceOptions,
    type = "slipway:systems:Box",
  ) {
    super(type, name, {}, opts);
    fill(this);
    this.registerOutputs({ label: "filled" });
  }
}

export function configMap(
  name: string,
  opts: pulumi.CustomResourceOptions,
  data?: pulumi.Input<unknown>,
) {
  const metadata = { name, namespace: "default" };
  return new k8s.core.v1.ConfigMap(
    name,
    { metadata, data: { key: (data ?? "value") as pulumi.Input<string> } },
    opts,
  );
}

export const provider = (name = "cluster") => new k8s.Provider(name, { clusterIdentifier: name });
