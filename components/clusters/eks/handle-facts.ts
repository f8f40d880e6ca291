import type { ClusterHandle } from "../../core/cluster-handle.ts";
import type { EksClusterArgs } from "../cloud-context.ts";
import { hasPrivateServices } from "./vpc-endpoints.ts";

const SERVICE = "service.beta.kubernetes.io/aws-load-balancer";

/** A network load balancer of the load balancer controller, straight to the pods. */
const BALANCED = {
  [`${SERVICE}-type`]: "external",
  [`${SERVICE}-nlb-target-type`]: "ip",
  [`${SERVICE}-attributes`]: "load_balancing.cross_zone.enabled=true",
};

/** What holds for every cluster on EKS. */
export const EKS_FACTS = {
  loadBalancerAnnotations: {
    public: {
      ...BALANCED,
      [`${SERVICE}-scheme`]: "internet-facing",
      [`${SERVICE}-target-group-attributes`]: "preserve_client_ip.enabled=true",
    },
    // Without the client's address: a pod that calls its own load balancer would answer itself.
    internal: { ...BALANCED, [`${SERVICE}-scheme`]: "internal" },
  },
  builtIn: { metricsServer: true, verticalPodAutoscaler: false, gatewayApi: false },
  /** EKS shows nothing of its control plane, and kube-proxy measures for its own node alone. */
  scrapable: {
    controllerManager: false,
    scheduler: false,
    etcd: false,
    proxy: false,
    coreDns: true,
    kubeDns: false,
  },
  needs: { loadBalancerController: true, autoscaler: true },
} as const satisfies Partial<ClusterHandle>;

/** Who can reach the API server, in one sentence. */
export function exposureOf({ endpoint, allowedCidrs, name }: EksClusterArgs): string {
  return endpoint === "private"
    ? `The API server of ${name} answers inside its network alone, to whom IAM signs in.`
    : `The API server of ${name} has a public address that answers ${allowedCidrs.join(", ")} alone, to whom IAM signs in.`;
}

/** What the cluster cannot do, one sentence each. */
export function limitationsOf({ endpoint, storage, guard, dnsDomain }: EksClusterArgs): string[] {
  return [
    "The metrics of controller manager, scheduler, etcd and kube-proxy are not scraped, because EKS hides them.",
    "Volumes stand in one zone, and their pods wait when that zone is lost.",
    "EKS has no maintenance window: it renews its control plane within a minor version whenever it likes.",
    "Node images are renewed when the Kubernetes version is raised or somebody asks for it; docs/clouds/eks.md says how.",
    "Network policies hold from a moment after a pod has started, because EKS applies them to pods that run.",
    ...(endpoint === "private"
      ? ["Deployments have to run inside the network or one that is joined to it."]
      : []),
    ...(hasPrivateServices(guard)
      ? []
      : [
          "Pods that use object stores may reach any address of the internet by HTTPS, because S3 has no address in the network.",
        ]),
    ...(storage.rwx
      ? ["The size of a shared volume is not limited, whatever its claim says."]
      : []),
    ...(dnsDomain === undefined ? ["There is no DNS zone that Slipway knows of."] : []),
  ];
}
