import type * as pulumi from "@pulumi/pulumi";
import type { PlatformCapabilities } from "../../components/core/platform-capabilities.ts";
import { NATIVE_SECRETS } from "../../components/core/secret-backend.ts";

const podsOf = (namespace: string, podLabels: Record<string, string>) => ({
  namespaceLabels: { "kubernetes.io/metadata.name": namespace },
  podLabels,
});

export const INGRESS_CONTROLLER = podsOf("ingress-nginx", {
  "app.kubernetes.io/component": "controller",
});
export const MONITORING = podsOf("monitoring", { "app.kubernetes.io/name": "prometheus" });
export const DNS_PODS = podsOf("kube-system", { "k8s-app": "kube-dns" });

/** A platform with nothing on. */
export const BARE_CAPABILITIES = {
  customMetrics: false,
  logs: false,
  networkPeers: { dns: { pods: DNS_PODS, addresses: [] } },
  priorityClasses: {},
  secretBackend: NATIVE_SECRETS,
  podSecurity: "restricted",
} as const satisfies PlatformCapabilities;

/** A platform with all add-ons on, each ready when the resource is. */
export function fullCapabilities(ready: pulumi.Resource) {
  return {
    ...BARE_CAPABILITIES,
    ingress: { className: "nginx", ready: [ready] },
    issuers: { names: ["letsencrypt-prod", "selfsigned"], ready: [ready] },
    monitors: { ready: [ready] },
    networkPeers: {
      ...BARE_CAPABILITIES.networkPeers,
      ingressController: [INGRESS_CONTROLLER],
      monitoring: MONITORING,
    },
  } satisfies PlatformCapabilities;
}
