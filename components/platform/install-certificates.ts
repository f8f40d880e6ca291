import { CERT_MANAGER_ACCOUNT, CertManager } from "./cert-manager.ts";
import { CHARTS } from "./charts.ts";
import { GATEWAY_ENTRANCE } from "./http-gateway-objects.ts";
import { INGRESS_CLASS_NAME } from "./ingress-class.ts";
import type { PlatformSettings } from "./settings.ts";
import { sizesIn, stageOptions, type Stage } from "./stage.ts";

/** cert-manager with the cluster's issuers, where it is on. */
export function installCertManager(
  stage: Stage,
  settings: PlatformSettings,
): CertManager | undefined {
  const { certManager, envoyGateway } = settings;
  if (!certManager.enabled) return undefined;
  const { replicas, acmeEmail } = certManager;
  const { guard, monitored, surroundings } = stage.context;
  return new CertManager(
    `${stage.name}-cert-manager`,
    {
      replicas,
      acmeEmail,
      ...httpAnswers(settings),
      gatewayApi: envoyGateway.enabled,
      monitored,
      // What deletes every certificate at once has to be asked for twice where it would be felt.
      keepDefinitions: guard === "strict",
      surroundings,
      ...dnsAnswers(stage),
      ...sizesIn(certManager),
    },
    stageOptions(stage),
  );
}

/** By what it answers challenges over HTTP. While routes are both, names lead to the old way in. */
function httpAnswers({ routes, ingressNginx }: PlatformSettings) {
  if (routes === "gateway") return { httpAnswers: { gateway: GATEWAY_ENTRANCE } };
  return ingressNginx.enabled ? { httpAnswers: { ingressClassName: INGRESS_CLASS_NAME } } : {};
}

/** What lets cert-manager answer challenges in the cluster's zone; nothing where there is none. */
function dnsAnswers({ context }: Stage) {
  const { cluster } = context;
  const { dns, networkPeers } = cluster;
  if (dns === undefined) return {};
  const account = { namespace: CHARTS.certManager.namespace, name: CERT_MANAGER_ACCOUNT };
  return {
    dns,
    identity: cluster.identityFor(account, [{ purpose: "manage-dns-zone", zone: dns.zone }]),
    identityEndpoint: networkPeers.identityEndpoint,
  };
}
