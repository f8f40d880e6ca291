import type { NetworkPeer } from "../core/cluster-handle.ts";
import type { Guard } from "../core/guard.ts";
import type { PlatformCapabilities, PodPeer } from "../core/platform-capabilities.ts";
import type { CertManager } from "./cert-manager.ts";
import { CHARTS } from "./charts.ts";
import { CONTROLLER_LABELS, INGRESS_CLASS_NAME, type IngressNginx } from "./ingress-nginx.ts";
import { PROMETHEUS_LABELS } from "./monitoring-values.ts";
import type { Monitoring } from "./monitoring.ts";

/** The add-ons of a stack; undefined is one that is off. */
export interface InstalledAddOns {
  readonly certManager: CertManager | undefined;
  readonly ingressNginx: IngressNginx | undefined;
  readonly monitoring: Monitoring | undefined;
}

/** What systems may rely on, from what is installed. */
export function capabilitiesOf(
  addOns: InstalledAddOns,
  surroundings: {
    readonly guard: Guard;
    readonly dnsAddresses: readonly NetworkPeer[];
    readonly imageMirrorPrefix?: string;
  },
): PlatformCapabilities {
  const { certManager, ingressNginx, monitoring } = addOns;
  const { imageMirrorPrefix } = surroundings;
  return {
    ...(ingressNginx === undefined
      ? {}
      : { ingress: { className: INGRESS_CLASS_NAME, ready: [ingressNginx.release] } }),
    ...(certManager === undefined
      ? {}
      : {
          issuers: {
            names: [...certManager.issuers.keys()],
            ready: [...certManager.issuers.values()],
          },
        }),
    ...(monitoring === undefined ? {} : { monitors: { ready: [monitoring.release] } }),
    customMetrics: false,
    logs: false,
    networkPeers: {
      ...(ingressNginx === undefined
        ? {}
        : { ingressController: podPeer(CHARTS.ingressNginx.namespace, CONTROLLER_LABELS) }),
      ...(monitoring === undefined
        ? {}
        : { monitoring: podPeer(CHARTS.kubePrometheusStack.namespace, PROMETHEUS_LABELS) }),
      dns: {
        // CoreDNS and kube-dns alike carry this label.
        pods: podPeer("kube-system", { "k8s-app": "kube-dns" }),
        addresses: surroundings.dnsAddresses,
      },
    },
    priorityClasses: {},
    secretBackend: "native",
    ...(imageMirrorPrefix === undefined ? {} : { imageMirrorPrefix }),
    podSecurity: surroundings.guard === "strict" ? "restricted" : "baseline",
  };
}

function podPeer(namespace: string, podLabels: Readonly<Record<string, string>>): PodPeer {
  return { namespaceLabels: { "kubernetes.io/metadata.name": namespace }, podLabels };
}
