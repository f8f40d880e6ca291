import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ALERT_DEFAULTS } from "../../components/platform/alert-settings.ts";
import type { PlatformCapabilities } from "../../components/core/platform-capabilities.ts";
import { Platform, type PlatformArgs } from "../../components/platform/index.ts";
import { PLATFORM_DEFAULTS } from "../../components/platform/settings-defaults.ts";
import { byName, byType, type Recording } from "../../plan/recording.ts";
import { platformCluster } from "./platform-cluster.ts";
import { dependencyNames, recordOn } from "./recorded-program.ts";

/** A cluster that says how load balancers are kept inside, and where names are asked for. */
export const CLUSTER = platformCluster({
  loadBalancerAnnotations: {
    public: { "example.com/scheme": "internet-facing" },
    internal: { "example.com/scheme": "internal" },
  },
  networkPeers: {
    ...platformCluster().networkPeers,
    dns: [{ cidr: "10.0.0.10/32", ports: [{ port: 53, protocol: "UDP" }] }],
  },
});

/** All that prod has on such a cluster. */
export const ARGS: PlatformArgs = {
  ...PLATFORM_DEFAULTS,
  guard: "strict",
  certManager: { enabled: true, replicas: 2, acmeEmail: "ops@studio.test" },
  ingressNginx: { enabled: true, replicas: 3, exposure: "public" },
  monitoring: {
    enabled: true,
    replicas: 2,
    retentionDays: 30,
    prometheusStorage: "100Gi",
    alerts: { ...ALERT_DEFAULTS, slack: "warning" },
  },
  alertSecrets: { slackUrl: pulumi.secret("https://slack.invalid/test") },
  prometheusAdapter: { enabled: true, replicas: 2 },
  verticalPodAutoscaler: { enabled: true },
  cluster: CLUSTER,
};

type AddOn =
  | "certManager"
  | "ingressNginx"
  | "monitoring"
  | "metricsServer"
  | "prometheusAdapter"
  | "verticalPodAutoscaler";

/** The arguments with only these add-ons on, beside what strict does not let one turn off. */
export const only = (...addOns: AddOn[]): PlatformArgs => ({
  ...ARGS,
  certManager: { ...ARGS.certManager, enabled: addOns.includes("certManager") },
  ingressNginx: { ...ARGS.ingressNginx, enabled: addOns.includes("ingressNginx") },
  monitoring: { ...ARGS.monitoring, enabled: addOns.includes("monitoring") },
  metricsServer: { ...ARGS.metricsServer, enabled: addOns.includes("metricsServer") },
  prometheusAdapter: { ...ARGS.prometheusAdapter, enabled: addOns.includes("prometheusAdapter") },
  verticalPodAutoscaler: { enabled: addOns.includes("verticalPodAutoscaler") },
});

interface RecordedPlatform {
  readonly recording: Recording;
  readonly capabilities: PlatformCapabilities;
  readonly namespaces: readonly string[];
}

export async function recordPlatform(args: PlatformArgs = ARGS): Promise<RecordedPlatform> {
  let platform: Platform | undefined;
  const recording = await recordOn(({ providers }) => {
    platform = new Platform("platform", args, { providers });
  });
  assert.ok(platform);
  const { capabilities, namespaces } = platform;
  return { recording, capabilities, namespaces };
}

/** Logical names of the releases, and for each the releases that come before it. */
export function releaseOrder(recording: Recording): Record<string, string[]> {
  const releases = byType(recording, "kubernetes:helm.sh/v3:Release");
  return Object.fromEntries(
    releases.map((release) => [
      release.name,
      dependencyNames(release).filter((name) => name.endsWith("-release")),
    ]),
  );
}

/** A value of a release, by dotted path. */
export function valueOf(recording: Recording, release: string, path: string): unknown {
  const { values } = byName(recording, release).inputs;
  return path
    .split(".")
    .reduce<unknown>((found, key) => (found as Record<string, unknown>)[key], values);
}
