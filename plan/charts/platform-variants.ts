import * as pulumi from "@pulumi/pulumi";
import { createCluster, type ClusterArgs } from "../../components/clusters/index.ts";
import type { ClusterSettings } from "../../components/clusters/settings.ts";
import type { Guard } from "../../components/core/guard.ts";
import { Platform, webhookPorts } from "../../components/platform/index.ts";
import type { PlatformSettings } from "../../components/platform/settings.ts";
import { RandomProvider, TlsProvider } from "../../components/workloads/index.ts";
import { alertSecrets } from "../../config/alert-secrets.ts";
import { checkStack, refuseProblems } from "../../config/index.ts";
import { exampleClusters, stackFolder } from "../../config/stack-folder.ts";
import { readStackFile } from "../../config/stack-file.ts";
import { asObject } from "../model/json.ts";
import { describeRelease, readRelease, type HelmRelease } from "../model/kubernetes-object.ts";
import { maskSecrets, record, type Recording } from "../recording.ts";
import type { GivenValues } from "./check-values.ts";

/** A platform as some stack may have it. */
export interface PlatformVariant {
  /** For messages: which cluster, and what is changed. */
  readonly name: string;
  readonly cluster: ClusterSettings;
  readonly guard: Guard;
  readonly platform: PlatformSettings;
}

/** The settings with these add-ons on or off, whatever they were. */
function switched(platform: PlatformSettings, on: (addOn: string) => boolean): PlatformSettings {
  return Object.fromEntries(
    Object.entries(platform).map(([addOn, settings]) => {
      const map = asObject(settings);
      return [addOn, "enabled" in map ? { ...map, enabled: on(addOn) } : (settings as unknown)];
    }),
  ) as unknown as PlatformSettings;
}

/** The cluster with a DNS zone, which no shipped stack has, and by which add-ons set more. */
function withZone(cluster: ClusterSettings): ClusterSettings {
  return cluster.kind === "existing" ? cluster : { ...cluster, dnsDomain: "charts.test" };
}

/** Add-ons that are of no use to clusters of a kind, because these have no store for them. */
const WITHOUT_STORE: Readonly<Record<string, readonly string[]>> = {
  existing: ["velero", "externalSecrets"],
  aks: ["externalSecrets"],
};
/** Add-ons that others take notice of, each with those that do not go without it. */
const NOTICED: Readonly<Record<string, readonly string[]>> = {
  certManager: ["postgresOperator"],
  monitoring: ["prometheusAdapter", "tracing"],
  envoyGateway: [],
};

/** Shipped stacks, one for each kind of cluster. */
function shippedStacks(): { readonly stack: string; readonly cluster: string | undefined }[] {
  return [
    { stack: "local", cluster: undefined },
    { stack: "prod", cluster: undefined },
    ...exampleClusters().map((cluster) => ({ stack: "prod", cluster })),
  ];
}

/** The platform of prod as it is shipped, for each kind of cluster; for an existing one that of local. */
export function shippedPlatforms(): PlatformVariant[] {
  return shippedStacks().map(({ stack, cluster: example }) => {
    const source = readStackFile(stack, stackFolder(example));
    const { config, problems } = checkStack(source, () => "");
    refuseProblems(source.file, problems);
    if (config === undefined) throw new Error("A stack without problems has settings.");
    const { cluster, guard, platform } = config;
    return { name: cluster.kind, cluster, guard, platform };
  });
}

/**
 * Every kind of cluster, each with all add-ons and, one at a time, without those that others take notice
 * of: together they set every value that any stack can set.
 */
export function platformVariants(): PlatformVariant[] {
  return shippedPlatforms().flatMap((shipped) => {
    const cluster = withZone(shipped.cluster);
    const fits = (addOn: string) => !(WITHOUT_STORE[cluster.kind] ?? []).includes(addOn);
    const variant = (change: string, on: (addOn: string) => boolean): PlatformVariant => ({
      ...shipped,
      name: `${cluster.kind}, ${change}`,
      cluster,
      platform: switched(shipped.platform, on),
    });
    return [
      variant("all add-ons", fits),
      ...Object.entries(NOTICED).map(([missing, needing]) =>
        variant(
          `all but ${missing}`,
          (addOn) => fits(addOn) && ![missing, ...needing].includes(addOn),
        ),
      ),
    ];
  });
}

/** Records the cluster and the platform of a variant, without any system. */
export function recordVariant(variant: PlatformVariant): Promise<Recording> {
  const { cluster: settings, guard, platform } = variant;
  return record(
    async () => {
      const context = { guard, webhookPorts: webhookPorts(platform) };
      const cluster = await createCluster("cluster", clusterArgs(settings), context);
      const providers = [cluster.provider, new RandomProvider("random"), new TlsProvider("tls")];
      const secrets = alertSecrets(platform.monitoring.alerts, () => undefined);
      const args = { ...platform, guard, cluster, alertSecrets: secrets };
      new Platform("platform", args, { providers });
    },
    { stack: "variant" },
  );
}

/** The releases of a variant, without what is secret. */
export async function variantReleases(variant: PlatformVariant): Promise<HelmRelease[]> {
  const { resources } = await recordVariant(variant);
  return resources
    .map(readRelease)
    .filter((release) => release !== undefined)
    .map((release) => ({ ...release, values: asObject(maskSecrets(release.values)) }));
}

/** What a variant gives to its charts. */
export async function variantValues(variant: PlatformVariant): Promise<GivenValues[]> {
  return (await variantReleases(variant)).map((release) => ({
    place: `${describeRelease(release)} (${variant.name})`,
    chart: release.chart,
    version: release.version,
    values: release.values,
  }));
}

function clusterArgs(settings: ClusterSettings): ClusterArgs {
  if (settings.kind !== "existing") return settings;
  return { ...settings, kubeconfig: pulumi.secret("{}") };
}
