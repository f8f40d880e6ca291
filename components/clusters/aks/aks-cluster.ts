import { Provider } from "@pulumi/azure-native/provider.js";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterHandle, DnsZone } from "../../core/cluster-handle.ts";
import { refuse } from "../../core/invalid-args.ts";
import type { CreateManagedPostgres } from "../../core/managed-postgres.ts";
import type { Grant, ServiceAccountRef, WorkloadIdentity } from "../../core/workload-identity.ts";
import type { AksClusterArgs } from "../cloud-context.ts";
import { clusterFacts } from "../cluster-facts.ts";
import { clusterAccess } from "./access.ts";
import { addressPlan } from "./address-plan.ts";
import { agentPools, subnetIdOf } from "./agent-pools.ts";
import { checkAks } from "./check-aks.ts";
import { clusterIdentities } from "./cluster-identity.ts";
import { controlPlane } from "./control-plane.ts";
import { deletionLock } from "./deletion-lock.ts";
import { dnsZone } from "./dns-zone.ts";
import { flowLogs } from "./flow-logs.ts";
import { AKS_FACTS, exposureOf, limitationsOf } from "./handle-facts.ts";
import { imageRegistry } from "./image-registry.ts";
import { aksKeys } from "./keys.ts";
import { aksKubeconfig } from "./kubeconfig.ts";
import { clusterLogs, logWorkspace } from "./logs.ts";
import { maintenanceWindows } from "./maintenance.ts";
import { managedPostgres, postgresZoneName } from "./managed-postgres.ts";
import { networkPeers } from "./network-peers.ts";
import { aksNetwork, type AksNetwork } from "./network.ts";
import { createObjectStores, objectStores } from "./object-stores.ts";
import { aksPlace, type AksPlace } from "./place.ts";
import { podIdentity, type Grantable } from "./pod-identity.ts";
import { poolLayout } from "./pool-layout.ts";
import { linkedZone, type LinkedZone } from "./private-zone.ts";
import { createStorageClasses } from "./storage-classes.ts";
import { withoutVersionAliases } from "./version-aliases.ts";
import { volumeGroup } from "./volume-group.ts";

/**
 * A cluster on Azure Kubernetes Service, from nothing but a subscription: network, keys, logs, nodes,
 * who gets in, object stores. docs/clouds/aks.md says what it needs and what it costs. Throws
 * InvalidArgsError for settings that `checkAks` refuses.
 */
export class AksCluster extends pulumi.ComponentResource implements ClusterHandle {
  readonly provider: k8s.Provider;
  readonly clusterIdentifier: string;
  readonly kubeconfig: pulumi.Output<string>;
  readonly storageClasses: ClusterHandle["storageClasses"];
  readonly loadBalancerAnnotations = AKS_FACTS.loadBalancerAnnotations;
  readonly nodePools: ClusterHandle["nodePools"];
  readonly objectStores: ClusterHandle["objectStores"];
  readonly dns?: DnsZone;
  readonly builtIn = AKS_FACTS.builtIn;
  readonly scrapable = AKS_FACTS.scrapable;
  readonly needs = AKS_FACTS.needs;
  readonly networkPeers: ClusterHandle["networkPeers"];
  readonly exposure: string;
  readonly limitations: readonly string[];
  readonly managedPostgres: CreateManagedPostgres;
  readonly #place: AksPlace;
  readonly #grantable: Grantable;

  constructor(name: string, args: AksClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    const transformations = [...(opts?.transformations ?? []), withoutVersionAliases];
    super("slipway:clusters:AksCluster", name, args, { ...opts, transformations });
    refuse(checkAks(args, args.guard), this);
    const azure = new Provider(
      `${name}-azure`,
      {
        subscriptionId: args.subscription,
        tenantId: args.tenant,
        location: args.region,
      },
      { parent: this },
    );
    const place = aksPlace(name, args, this, azure);
    const plan = addressPlan(args);
    const network = aksNetwork(place, plan);
    const keys = aksKeys(place);
    const workspace = logWorkspace(place);
    const stores = createObjectStores(place, network, keys);
    const dns = args.dnsDomain === undefined ? undefined : dnsZone(place, args.dnsDomain);

    const zone = apiServerZone(place, network);
    const identities = clusterIdentities(place, network, keys, zone);
    const [firstPool, ...otherPools] = poolLayout(args);
    if (firstPool === undefined) throw new Error("checkAks lets no cluster pass without a pool.");
    const cluster = controlPlane(place, {
      network,
      keys,
      identities,
      workspace,
      zone,
      firstPool,
      firstSubnetId: subnetIdOf(network, firstPool),
      after: [
        ...clusterAccess(place),
        ...network.nodes.values(),
        volumeGroup(place, identities),
        flowLogs(place, network, stores.byPurpose.logs, workspace),
      ],
    });
    const ready: pulumi.Resource[] = [
      ...agentPools(place, cluster, network, otherPools),
      ...maintenanceWindows(place, cluster),
      clusterLogs(place, cluster, workspace),
      ...(args.registry ? [imageRegistry(place, identities).access] : []),
      ...(args.deletionProtection ? [deletionLock(place, "cluster", cluster.id)] : []),
    ];

    this.clusterIdentifier = `aks/${args.subscription}/${args.name}`;
    this.kubeconfig = aksKubeconfig(place, cluster);
    this.provider = kubernetesProvider(place, this.kubeconfig, this.clusterIdentifier, ready);
    createStorageClasses(place, this.provider);

    const { nodePools, storageClasses } = clusterFacts(args);
    this.nodePools = nodePools;
    this.storageClasses = storageClasses;
    this.objectStores = objectStores(place);
    if (dns !== undefined) this.dns = dns.contract;
    this.networkPeers = networkPeers(plan);
    this.exposure = exposureOf(args);
    this.limitations = limitationsOf(args);
    this.#place = place;
    this.#grantable = { cluster, stores, dns };
    let postgresZone: LinkedZone | undefined;
    this.managedPostgres = (server, request) => {
      postgresZone ??= linkedZone(place, network.network, "postgres", postgresZoneName(args));
      const ground = { plan, network, keys, zone: postgresZone, subject: this };
      return managedPostgres(place, ground, server, request);
    };
    this.registerOutputs({
      clusterIdentifier: this.clusterIdentifier,
      exposure: this.exposure,
      limitations: this.limitations,
    });
  }

  /** Creates an identity in Azure that pods of the ServiceAccount have. Throws for what AKS does itself. */
  identityFor(serviceAccount: ServiceAccountRef, grants: readonly Grant[]): WorkloadIdentity {
    return podIdentity(this.#place, this.#grantable, serviceAccount, grants, this);
  }
}

/** Where the name of a private API server is found; a public one has its name in Azure's own zone. */
function apiServerZone(place: AksPlace, network: AksNetwork): LinkedZone | undefined {
  const { endpoint, region } = place.args;
  if (endpoint !== "private") return undefined;
  return linkedZone(place, network.network, "api-server", `private.${region}.azmk8s.io`);
}

/** Everything in the cluster comes after `ready` and goes before it. */
function kubernetesProvider(
  { name, args, child }: AksPlace,
  kubeconfig: pulumi.Output<string>,
  clusterIdentifier: string,
  ready: readonly pulumi.Resource[],
): k8s.Provider {
  const { parent } = child();
  return new k8s.Provider(
    `${name}-provider`,
    {
      kubeconfig,
      context: args.name,
      // Constant, or a kubeconfig that reads differently would replace everything in the cluster.
      clusterIdentifier,
      enableServerSideApply: true,
      enableConfigMapMutable: true,
      enableSecretMutable: true,
    },
    { ...(parent === undefined ? {} : { parent }), dependsOn: [...ready] },
  );
}
