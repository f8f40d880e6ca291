import { poolTaints, ROLE_LABEL } from "../node-pools.ts";
import type { EksSettings } from "../settings.ts";
import type { AddOnName } from "./add-on-versions.ts";
import { clusterTags } from "./place.ts";

/** Puts pods on the system pool, whose taint keeps all others away. */
const ON_SYSTEM_POOL = {
  nodeSelector: { [ROLE_LABEL]: "system" },
  tolerations: poolTaints("eks", "system").map(({ key, effect }) => ({
    key,
    operator: "Exists",
    effect,
  })),
} as const;

/** What an add-on is told beside its version; undefined where EKS's own settings do. */
export function addOnConfiguration(
  addOn: AddOnName,
  settings: Pick<EksSettings, "name">,
): Readonly<Record<string, unknown>> | undefined {
  switch (addOn) {
    case "vpc-cni":
      return {
        enableNetworkPolicy: "true",
        env: {
          // Blocks of 16 addresses: more pods on a node, and fewer calls that EC2 slows down.
          ENABLE_PREFIX_DELEGATION: "true",
          WARM_PREFIX_TARGET: "1",
          // `strict` would cut off every pod that no policy names, the cluster's own among them.
          NETWORK_POLICY_ENFORCING_MODE: "standard",
        },
      };
    case "coredns":
    case "snapshot-controller":
    case "metrics-server":
      return ON_SYSTEM_POOL;
    case "aws-ebs-csi-driver":
      return {
        controller: { ...ON_SYSTEM_POOL, extraVolumeTags: clusterTags(settings) },
        node: { tolerateAllTaints: true },
      };
    case "aws-efs-csi-driver":
      return { controller: { ...ON_SYSTEM_POOL, tags: clusterTags(settings) } };
    case "eks-pod-identity-agent":
    case "kube-proxy":
      return undefined;
  }
}
