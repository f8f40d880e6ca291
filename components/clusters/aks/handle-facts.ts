import type { ClusterHandle } from "../../core/cluster-handle.ts";
import { perZone } from "../node-pools.ts";
import type { AksSettings } from "../settings.ts";
import { LOAD_BALANCER_SUBNET } from "./network.ts";

const SERVICE = "service.beta.kubernetes.io/azure-load-balancer";

/**
 * The probe asks for the path that ingress controllers answer with: at `/` they say 404, and the load
 * balancer would take every node for dead.
 */
const PROBED = { [`${SERVICE}-health-probe-request-path`]: "/healthz" };

/** What holds for every cluster on AKS. */
export const AKS_FACTS = {
  loadBalancerAnnotations: {
    public: PROBED,
    internal: {
      ...PROBED,
      [`${SERVICE}-internal`]: "true",
      [`${SERVICE}-internal-subnet`]: LOAD_BALANCER_SUBNET,
    },
  },
  builtIn: { metricsServer: true, verticalPodAutoscaler: true, gatewayApi: false },
  /** AKS shows nothing of its control plane, and Cilium takes kube-proxy's place. */
  scrapable: {
    controllerManager: false,
    scheduler: false,
    etcd: false,
    proxy: false,
    coreDns: true,
    kubeDns: false,
  },
  needs: { loadBalancerController: false, autoscaler: false },
} as const satisfies Partial<ClusterHandle>;

/** Who can reach the API server, in one sentence. */
export function exposureOf({ endpoint, allowedCidrs, name }: AksSettings): string {
  return endpoint === "private"
    ? `The API server of ${name} answers inside its network alone, to whom Entra ID signs in.`
    : `The API server of ${name} has a public address that answers ${allowedCidrs.join(", ")} alone, to whom Entra ID signs in.`;
}

/** Pools whose bounds are no multiple of the zones, and so are passed (D-79). */
function roundedPools({ nodePools, zones }: AksSettings): string[] {
  const all = (total: number) => perZone(total, zones.length) * zones.length;
  return nodePools.flatMap(({ name, minNodes, maxNodes }) => {
    const [least, most] = [all(minNodes), all(maxNodes)];
    if (least === minNodes && most === maxNodes) return [];
    return [
      `The pool ${name} has ${least} to ${most} nodes where the settings say ${minNodes} to ${maxNodes}, because each of ${zones.length} zones has the same.`,
    ];
  });
}

/** What the cluster cannot do, one sentence each. */
export function limitationsOf(settings: AksSettings): string[] {
  const { endpoint, storage } = settings;
  return [
    ...roundedPools(settings),
    "The metrics of controller manager, scheduler, etcd and kube-proxy are not scraped, because AKS hides them.",
    "A key vault cannot be opened by a prefix of names, so there is no secret store for pods.",
    "Volumes stand in one zone, and their pods wait when that zone is lost.",
    "A size of machine in the first system pool cannot be changed in place; the page of AKS in docs/clouds says how.",
    ...(endpoint === "private"
      ? ["Deployments have to run inside the network or one that is joined to it."]
      : []),
    ...(storage.rwx
      ? ["Shared volumes are NFS, whose traffic inside the network is not encrypted."]
      : []),
  ];
}
