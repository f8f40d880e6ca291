import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../core/invalid-args.ts";
import { objectLabels } from "../core/labels.ts";
import type { Problem } from "../core/problem.ts";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { keyChecksums } from "../core/config-checksum.ts";
import type { ConfigSource } from "./config-source.ts";
import { plainArgs } from "../core/plain-args.ts";

export interface AppConfigArgs {
  readonly namespace: string;
  /** The system that reads it, for labels (K-38). */
  readonly system: string;
  /** Name of the ConfigMap. Changing it makes a new one and rolls every pod that reads it. */
  readonly configMapName: string;
  /** Environment variables that are no secrets (K-17). A change rolls every pod that reads them. */
  readonly data: Readonly<Record<string, string>>;
}

/**
 * Settings of an application that anybody may read, as one ConfigMap. Pods that name its `source` get
 * every key as an environment variable and roll when a value changes.
 */
export class AppConfig extends pulumi.ComponentResource {
  /** To be named in `envFrom` of a workload. */
  readonly source: ConfigSource;

  constructor(name: string, args: AppConfigArgs, opts?: ChildBearingOptions) {
    super("slipway:workloads:AppConfig", name, plainArgs(args), opts);
    refuse(checkAppConfig(args), this);
    const configMap = new k8s.core.v1.ConfigMap(
      `${name}-configmap`,
      configMapSpec(args),
      childOptions(this, opts),
    );
    this.source = {
      kind: "ConfigMap",
      name: args.configMapName,
      keys: Object.keys(args.data),
      checksums: keyChecksums(args.data),
      object: configMap,
    };
    this.registerOutputs({ configMapName: args.configMapName });
  }
}

/** Names that Kubernetes would leave out of the environment without a word. */
export function checkAppConfig(args: AppConfigArgs): Problem[] {
  return Object.keys(args.data)
    .filter((key) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(key))
    .map((key) => ({
      path: `data.${key}`,
      got: JSON.stringify(key),
      expected: "the name of an environment variable",
      remedy: "Use letters, digits and underscores, and no digit first.",
    }));
}

/** The ConfigMap. */
export function configMapSpec(args: AppConfigArgs): k8s.core.v1.ConfigMapArgs {
  const labels = objectLabels({ system: args.system, component: "config" });
  return {
    metadata: { name: args.configMapName, namespace: args.namespace, labels },
    data: { ...args.data },
  };
}
