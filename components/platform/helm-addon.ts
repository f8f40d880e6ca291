import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { refuseSecretValues, type ChartValues } from "./chart-values.ts";
import type { ChartPin } from "./charts.ts";

export interface HelmAddonArgs {
  readonly pin: ChartPin;
  readonly values: ChartValues;
  /** Seconds until an install or upgrade that is not ready counts as failed. @default 300 */
  readonly timeoutSeconds?: number;
  /**
   * Leaves out what lies in the chart's crds folder: Helm installs it once and never upgrades it, so
   * definitions come from templates instead. Read at the first install only. @default true
   */
  readonly skipCrds?: boolean;
}

export interface HelmAddonOptions {
  readonly parent: pulumi.Resource;
  /** The namespace of the release, and whatever else has to be there first and go last. */
  readonly dependsOn: readonly pulumi.Resource[];
}

export const HELM_ADDON_DEFAULTS = { timeoutSeconds: 300, skipCrds: true } as const;

/**
 * One release of a chart, and the only way to make one. Helm waits until its workloads are ready, and
 * takes back an install or upgrade that fails, so that no half of one is left to be cleaned by hand.
 */
export function helmAddon(
  name: string,
  args: HelmAddonArgs,
  opts: HelmAddonOptions,
): k8s.helm.v3.Release {
  const values = refuseSecretValues(args.values, `${args.pin.releaseName} values`, opts.parent);
  return new k8s.helm.v3.Release(name, releaseSpec({ ...args, values }), {
    parent: opts.parent,
    dependsOn: [...opts.dependsOn],
  });
}

/** The Release. Its name is always set: names of Services, which others address, are made of it. */
export function releaseSpec(args: HelmAddonArgs): k8s.helm.v3.ReleaseArgs {
  const { pin, values } = args;
  return {
    name: pin.releaseName,
    // A literal, not the Namespace's output: a chart is previewed only when all its inputs are known.
    namespace: pin.namespace,
    createNamespace: false,
    ...chartSource(pin),
    version: pin.version,
    values,
    atomic: true,
    cleanupOnFail: true,
    timeout: args.timeoutSeconds ?? HELM_ADDON_DEFAULTS.timeoutSeconds,
    skipCrds: args.skipCrds ?? HELM_ADDON_DEFAULTS.skipCrds,
    // Each revision is a Secret of up to 1 MiB; five are enough to roll back.
    maxHistory: 5,
  };
}

/** Where the chart is: a registry has no index, so that its chart is named by the whole address. */
function chartSource({ chart, repository }: ChartPin) {
  return repository.startsWith("oci://")
    ? { chart: `${repository}/${chart}` }
    : { chart, repositoryOpts: { repo: repository } };
}
