import { CertManager } from "./cert-manager.ts";
import { INGRESS_CLASS_NAME } from "./ingress-class.ts";
import type { PlatformSettings } from "./settings.ts";
import { sizesIn, stageOptions, type Stage } from "./stage.ts";

/** cert-manager with the cluster's issuers, where it is on. */
export function installCertManager(
  stage: Stage,
  { certManager, ingressNginx }: PlatformSettings,
): CertManager | undefined {
  if (!certManager.enabled) return undefined;
  const { replicas, acmeEmail } = certManager;
  const { guard, monitored, surroundings } = stage.context;
  return new CertManager(
    `${stage.name}-cert-manager`,
    {
      replicas,
      acmeEmail,
      ...(ingressNginx.enabled ? { ingressClassName: INGRESS_CLASS_NAME } : {}),
      monitored,
      // What deletes every certificate at once has to be asked for twice where it would be felt.
      keepDefinitions: guard === "strict",
      surroundings,
      ...sizesIn(certManager),
    },
    stageOptions(stage),
  );
}
