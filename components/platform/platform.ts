import * as pulumi from "@pulumi/pulumi";
import type { ClusterHandle, NetworkPeer, StorageClasses } from "../core/cluster-handle.ts";
import type { Guard } from "../core/guard.ts";
import { refuse } from "../core/invalid-args.ts";
import type { PlatformCapabilities } from "../core/platform-capabilities.ts";
import { capabilitiesOf, type InstalledAddOns } from "./capabilities.ts";
import { CertManager } from "./cert-manager.ts";
import { CHARTS } from "./charts.ts";
import { checkPlatform } from "./check.ts";
import { checkExposure, INGRESS_CLASS_NAME, IngressNginx } from "./ingress-nginx.ts";
import { MonitoringCrds } from "./monitoring-crds.ts";
import { Monitoring } from "./monitoring.ts";
import type { PlatformSettings } from "./settings.ts";

export interface PlatformArgs extends PlatformSettings {
  readonly guard: Guard;
  readonly storageClasses: StorageClasses;
  readonly loadBalancerAnnotations: ClusterHandle["loadBalancerAnnotations"];
  readonly scrapable: ClusterHandle["scrapable"];
  /** Resolvers outside the pod network that every pod has to reach. */
  readonly dnsAddresses: readonly NetworkPeer[];
  /** Password of Grafana's administrator; generated when absent (D-77). */
  readonly grafanaAdminPassword?: pulumi.Output<string>;
}

/**
 * The add-ons of a stack, in an order without a circle: first the kinds of monitoring, because the
 * charts that follow hold ServiceMonitors; then cert-manager, because the two others have it sign the
 * certificates of their webhooks; then those two. Deletion runs the other way round.
 *
 * Throws InvalidArgsError on settings that `checkPlatform` refuses.
 */
export class Platform extends pulumi.ComponentResource {
  readonly capabilities: PlatformCapabilities;
  /** Namespaces of the add-ons that are on. */
  readonly namespaces: readonly string[];

  constructor(name: string, args: PlatformArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:platform:Platform", name, args, opts);
    const { guard, ingressNginx, loadBalancerAnnotations } = args;
    refuse(
      [
        ...checkPlatform(args, guard),
        ...checkExposure(ingressNginx, loadBalancerAnnotations, guard),
      ],
      this,
    );
    const addOns = this.install(name, args);
    this.capabilities = capabilitiesOf(addOns, args);
    this.namespaces = namespacesOf(args);
    this.registerOutputs({ namespaces: this.namespaces });
  }

  private install(name: string, args: PlatformArgs): InstalledAddOns {
    const crds = args.monitoring.enabled
      ? new MonitoringCrds(`${name}-monitoring-crds`, { parent: this })
      : undefined;
    const kinds = crds === undefined ? [] : [crds.release];
    const certManager = args.certManager.enabled
      ? this.certManager(`${name}-cert-manager`, args, kinds)
      : undefined;
    const signer = certManager === undefined ? [] : [certManager.release];
    const ingressNginx = args.ingressNginx.enabled
      ? this.ingressNginx(`${name}-ingress-nginx`, args, [...kinds, ...signer])
      : undefined;
    const monitoring =
      crds === undefined
        ? undefined
        : this.monitoring(`${name}-monitoring`, args, [crds.namespace, ...kinds, ...signer]);
    return { certManager, ingressNginx, monitoring };
  }

  private certManager(name: string, args: PlatformArgs, dependsOn: pulumi.Resource[]) {
    const { replicas, acmeEmail } = args.certManager;
    return new CertManager(
      name,
      {
        replicas,
        acmeEmail,
        ...(args.ingressNginx.enabled ? { ingressClassName: INGRESS_CLASS_NAME } : {}),
        monitored: args.monitoring.enabled,
        // What deletes every certificate at once has to be asked for twice where it would be felt.
        keepDefinitions: args.guard === "strict",
      },
      { parent: this, dependsOn },
    );
  }

  private ingressNginx(name: string, args: PlatformArgs, dependsOn: pulumi.Resource[]) {
    const { replicas, exposure } = args.ingressNginx;
    return new IngressNginx(
      name,
      {
        replicas,
        loadBalancerAnnotations: args.loadBalancerAnnotations[exposure],
        monitored: args.monitoring.enabled,
        certificates: args.certManager.enabled,
      },
      { parent: this, dependsOn },
    );
  }

  private monitoring(name: string, args: PlatformArgs, dependsOn: pulumi.Resource[]) {
    const { replicas, retentionDays, prometheusStorage } = args.monitoring;
    const { storageClasses, scrapable, grafanaAdminPassword } = args;
    return new Monitoring(
      name,
      {
        replicas,
        retentionDays,
        prometheusStorage,
        storageClasses,
        scrapable,
        certificates: args.certManager.enabled,
        ...(grafanaAdminPassword === undefined ? {} : { grafanaAdminPassword }),
      },
      { parent: this, dependsOn },
    );
  }
}

/** Namespaces of the add-ons that are on, in the order of the settings. */
export function namespacesOf(settings: PlatformSettings): string[] {
  const { certManager, ingressNginx, monitoring } = settings;
  return [
    ...(certManager.enabled ? [CHARTS.certManager.namespace] : []),
    ...(ingressNginx.enabled ? [CHARTS.ingressNginx.namespace] : []),
    ...(monitoring.enabled ? [CHARTS.kubePrometheusStack.namespace] : []),
  ];
}
