import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../core/invalid-args.ts";
import { plainArgs } from "../core/plain-args.ts";
import type { PlatformCapabilities } from "../core/platform-capabilities.ts";
import { capabilitiesOf, surroundingsOf, type InstalledAddOns } from "./capabilities.ts";
import { installCertManager } from "./install-certificates.ts";
import { installMetrics } from "./install-metrics.ts";
import { installMonitoring, installMonitoringKinds } from "./install-monitoring.ts";
import { installIngressNginx } from "./install-traffic.ts";
import { checkPlatform } from "./check.ts";
import { checkExposure } from "./ingress-nginx.ts";
import { platformNamespaces } from "./platform-namespaces.ts";
import type { PlatformArgs } from "./platform-args.ts";
import { PriorityClasses } from "./priority-classes.ts";
import type { Stage } from "./stage.ts";

/**
 * The add-ons of a stack, in an order without a circle: first priorities and the kinds of monitoring,
 * because the charts that follow name the one and hold the other; then cert-manager, because others have
 * it sign the certificates of their webhooks; then all others. Deletion runs the other way round.
 *
 * Throws InvalidArgsError on settings that `checkPlatform` refuses.
 */
export class Platform extends pulumi.ComponentResource {
  readonly capabilities: PlatformCapabilities;
  /** Namespaces that the add-ons bring. */
  readonly namespaces: readonly string[];

  constructor(name: string, args: PlatformArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cluster, ...settings } = args;
    super("slipway:platform:Platform", name, plainArgs(settings), opts);
    const { guard, ingressNginx } = args;
    refuse(
      [
        ...checkPlatform(args, guard),
        ...checkExposure(ingressNginx, cluster.loadBalancerAnnotations, guard),
      ],
      this,
    );
    const addOns = this.install(name, args);
    this.capabilities = capabilitiesOf(addOns, args);
    this.namespaces = platformNamespaces(args);
    this.registerOutputs({ namespaces: this.namespaces });
  }

  private install(name: string, args: PlatformArgs): InstalledAddOns {
    const { guard, cluster } = args;
    const context = {
      guard,
      cluster,
      surroundings: surroundingsOf(args),
      monitored: args.monitoring.enabled,
      certificates: args.certManager.enabled,
    };
    const stage = (after: pulumi.Resource[]): Stage => ({ name, parent: this, context, after });

    const { classes } = new PriorityClasses(`${name}-priority`, { parent: this });
    const kinds = installMonitoringKinds(stage([...classes]), args);
    const first = [...classes, ...(kinds === undefined ? [] : [kinds.release])];
    const certManager = installCertManager(stage(first), args);
    const then = [...first, ...(certManager === undefined ? [] : [certManager.release])];
    const ingressNginx = installIngressNginx(stage(then), args);
    const monitoring = installMonitoring(stage(then), args, kinds);
    const metrics = installMetrics(stage(then), args, monitoring);
    return { certManager, ingressNginx, monitoring, ...metrics };
  }
}
