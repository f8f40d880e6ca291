import { IngressNginx } from "./ingress-nginx.ts";
import type { PlatformSettings } from "./settings.ts";
import { sizesIn, stageOptions, type Stage } from "./stage.ts";

/** ingress-nginx, where it is on. */
export function installIngressNginx(
  stage: Stage,
  { ingressNginx }: PlatformSettings,
): IngressNginx | undefined {
  if (!ingressNginx.enabled) return undefined;
  const { replicas, exposure } = ingressNginx;
  const { cluster, monitored, certificates, surroundings } = stage.context;
  return new IngressNginx(
    `${stage.name}-ingress-nginx`,
    {
      replicas,
      loadBalancerAnnotations: cluster.loadBalancerAnnotations[exposure],
      monitored,
      certificates,
      surroundings,
      ...sizesIn(ingressNginx),
    },
    stageOptions(stage),
  );
}
