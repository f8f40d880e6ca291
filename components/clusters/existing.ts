import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterHandle, NodePool, StorageClasses } from "../core/cluster-handle.ts";
import { InvalidArgsError } from "../core/invalid-args.ts";
import type { Grant, ServiceAccountRef, WorkloadIdentity } from "../core/workload-identity.ts";

/** What the stack file says of a cluster that somebody else made (`slipway:cluster`, kind existing). */
export interface ExistingClusterSettings {
  /**
   * A name for the cluster that never changes, whatever its address or credentials do. Changing it
   * replaces everything in the cluster.
   */
  readonly clusterIdentifier: string;
  /** The context of the kubeconfig to use; required, so that no current-context decides. */
  readonly context: string;
  /** The nodes that are there, for the capacity check and for the size of local stand-in nodes. */
  readonly nodePools: readonly NodePool[];
  readonly storageClasses: StorageClasses;
}

export interface ExistingClusterArgs extends ExistingClusterSettings {
  /** Content of a kubeconfig, marked secret. */
  readonly kubeconfig: pulumi.Output<string>;
}

/**
 * A cluster that somebody else made, reached by a kubeconfig: kind, minikube, k3d, or any other. It
 * creates nothing but the provider. What it cannot know of the cluster is in `limitations`.
 */
export class ExistingCluster extends pulumi.ComponentResource implements ClusterHandle {
  readonly provider: k8s.Provider;
  readonly clusterIdentifier: string;
  readonly kubeconfig: pulumi.Output<string>;
  readonly storageClasses: StorageClasses;
  /** None: which annotations a load balancer obeys is known to those alone who run the cluster. */
  readonly loadBalancerAnnotations: ClusterHandle["loadBalancerAnnotations"] = {
    public: {},
    internal: {},
  };
  readonly nodePools: readonly NodePool[];
  readonly objectStores: ClusterHandle["objectStores"] = {};
  /**
   * Nothing, because it cannot be asked before it is reached. The wrong answer the other way round
   * would leave an autoscaler without metrics in silence; this one ends in a clash that names both.
   */
  readonly builtIn: ClusterHandle["builtIn"] = {
    metricsServer: false,
    verticalPodAutoscaler: false,
    gatewayApi: false,
  };
  /**
   * CoreDNS alone: kubeadm and what is made with it run CoreDNS, and bind the metrics of all the
   * others to the loopback address of the node.
   */
  readonly scrapable: ClusterHandle["scrapable"] = {
    controllerManager: false,
    scheduler: false,
    etcd: false,
    proxy: false,
    coreDns: true,
    kubeDns: false,
  };
  /** Nothing: load balancers and the number of nodes are the business of those who run the cluster. */
  readonly needs: ClusterHandle["needs"] = { loadBalancerController: false, autoscaler: false };
  readonly networkPeers: ClusterHandle["networkPeers"] = {
    dns: [],
    identityEndpoint: [],
    apiServer: [],
    managedData: [],
    objectStorage: [],
  };
  readonly exposure = "Who can reach the API server is decided by those who run the cluster.";
  readonly limitations: readonly string[] = EXISTING_CLUSTER_LIMITATIONS;

  constructor(name: string, args: ExistingClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    const { clusterIdentifier, context, nodePools, storageClasses, kubeconfig } = args;
    const inputs = { clusterIdentifier, context, nodePools, storageClasses, kubeconfig };
    super("slipway:clusters:ExistingCluster", name, inputs, opts);
    this.clusterIdentifier = args.clusterIdentifier;
    // The SDK does not mark a kubeconfig secret, and the provider's inputs are in the state.
    this.kubeconfig = pulumi.secret(args.kubeconfig);
    this.storageClasses = args.storageClasses;
    this.nodePools = args.nodePools;
    this.provider = new k8s.Provider(
      `${name}-provider`,
      {
        kubeconfig: this.kubeconfig,
        context: args.context,
        // Constant, or a renewed credential would replace everything in the cluster.
        clusterIdentifier: args.clusterIdentifier,
        enableServerSideApply: true,
        enableConfigMapMutable: true,
        enableSecretMutable: true,
      },
      { parent: this },
    );
    this.registerOutputs({
      clusterIdentifier: args.clusterIdentifier,
      // Where the plan reads them.
      exposure: this.exposure,
      limitations: this.limitations,
    });
  }

  /** Always throws: nothing here can tell a cloud to trust a ServiceAccount. */
  identityFor(serviceAccount: ServiceAccountRef, grants: readonly Grant[]): WorkloadIdentity {
    const { namespace, name } = serviceAccount;
    const problem = {
      path: `identityFor(${namespace}/${name})`,
      got: grants.map((grant) => grant.purpose).join(", ") || "no grant",
      expected: "no call, because an existing cluster has no workload identity",
      remedy:
        "Give the pod its credentials in a Secret, or use a cluster that Slipway makes in the cloud.",
    };
    throw new InvalidArgsError([problem], this);
  }
}

/** One sentence each, for whoever reads the plan. */
const EXISTING_CLUSTER_LIMITATIONS = [
  "Workload identity is not available: what needs a cloud's services gets its credentials in a Secret.",
  "A Service of type LoadBalancer gets an address only where the cluster has load balancers; kind and minikube need an add-on for it.",
  "Whether a load balancer is public or internal is decided by the cluster, because its annotations are not known.",
  "The address of the API server is not known, so network policies cannot let pods reach it by address.",
  "Whether metrics-server is there is not known; without it the autoscalers have no CPU and memory figures.",
  "There is no bucket for backups and logs, no DNS zone and no secret store that Slipway knows of.",
  "The metrics of controller manager, scheduler, etcd and kube-proxy are not scraped.",
] as const;
