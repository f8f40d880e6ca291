import type * as k8s from "@pulumi/kubernetes";
import type { CertManager } from "./cert-manager.ts";
import type { ChartAddOn } from "./chart-add-on.ts";
import type { EnvoyGateway } from "./envoy-gateway.ts";
import { installCertManager } from "./install-certificates.ts";
import { installLoadBalancerController } from "./install-controllers.ts";
import { installEnvoyGateway } from "./install-traffic.ts";
import type { PlatformSettings } from "./settings.ts";
import type { Stage } from "./stage.ts";

/** What the other add-ons cannot do without; undefined is one that is off. */
export interface Foundations {
  readonly certManager: CertManager | undefined;
  readonly loadBalancerController: ChartAddOn | undefined;
  readonly envoyGateway: EnvoyGateway | undefined;
}

/**
 * cert-manager, because others have it sign the certificates of their webhooks, then the controller of
 * load balancers, because others have Services that wait for it.
 *
 * With Envoy Gateway it is the other way round. cert-manager does not start without the kinds by which it
 * answers challenges, so Envoy Gateway is before it. The load balancer of the gateway's proxies has to be
 * gone before its controller, so that is before Envoy Gateway, and signs for itself.
 */
export function installFoundations(stage: Stage, settings: PlatformSettings): Foundations {
  const { context, after } = stage;
  if (!settings.envoyGateway.enabled) {
    const certManager = installCertManager(stage, settings);
    const signed = { ...stage, after: [...after, ...releasesOf([certManager])] };
    const loadBalancerController = installLoadBalancerController(signed, settings);
    return { certManager, loadBalancerController, envoyGateway: undefined };
  }
  const unsigned = { ...stage, context: { ...context, certificates: false } };
  const loadBalancerController = installLoadBalancerController(unsigned, settings);
  const balanced = { ...stage, after: [...after, ...releasesOf([loadBalancerController])] };
  const envoyGateway = installEnvoyGateway(balanced, settings);
  const served = { ...balanced, after: [...balanced.after, ...releasesOf([envoyGateway])] };
  return {
    certManager: installCertManager(served, settings),
    loadBalancerController,
    envoyGateway,
  };
}

/** The releases of those that are on. */
export function releasesOf(
  addOns: readonly ({ readonly release: k8s.helm.v3.Release } | undefined)[],
): k8s.helm.v3.Release[] {
  return addOns.flatMap((addOn) => (addOn === undefined ? [] : [addOn.release]));
}
