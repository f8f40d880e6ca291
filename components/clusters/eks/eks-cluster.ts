import { Provider } from "@pulumi/aws/provider.js";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterHandle, DnsZone, SecretStore } from "../../core/cluster-handle.ts";
import { refuse } from "../../core/invalid-args.ts";
import type { CreateManagedPostgres } from "../../core/managed-postgres.ts";
import type { WriteSecret } from "../../core/secret-backend.ts";
import type { Grant, ServiceAccountRef, WorkloadIdentity } from "../../core/workload-identity.ts";
import type { EksClusterArgs } from "../cloud-context.ts";
import { clusterFacts } from "../cluster-facts.ts";
import { clusterAccess } from "./access.ts";
import { addOnsAfterNodes, addOnsBeforeNodes } from "./add-ons.ts";
import { addressPlan } from "./address-plan.ts";
import { checkEks } from "./check-eks.ts";
import { controlPlane } from "./control-plane.ts";
import { dnsZone } from "./dns-zone.ts";
import { flowLogs } from "./flow-logs.ts";
import { EKS_FACTS, exposureOf, limitationsOf } from "./handle-facts.ts";
import { imageRegistry } from "./image-registry.ts";
import { eksKeys } from "./keys.ts";
import { eksKubeconfig } from "./kubeconfig.ts";
import { managedPostgres } from "./managed-postgres.ts";
import { networkPeers } from "./network-peers.ts";
import { eksNetwork } from "./network.ts";
import { nodeGroups } from "./node-groups.ts";
import { createObjectStores, objectStores } from "./object-stores.ts";
import { clusterTags, eksPlace, type EksPlace } from "./place.ts";
import { podIdentity, type Grantable } from "./pod-identity.ts";
import { securityGroups } from "./security-groups.ts";
import { sharedFiles } from "./shared-files.ts";
import { createStorageClasses } from "./storage-classes.ts";
import { storedSecret } from "./stored-secret.ts";
import { vpcEndpoints } from "./vpc-endpoints.ts";

/**
 * A cluster on Elastic Kubernetes Service, from nothing but an account: network, keys, logs, nodes, who
 * gets in, object stores. docs/clouds/eks.md says what it needs and what it costs. Throws
 * InvalidArgsError for settings that `checkEks` refuses.
 */
export class EksCluster extends pulumi.ComponentResource implements ClusterHandle {
  readonly provider: k8s.Provider;
  readonly clusterIdentifier: string;
  readonly kubeconfig: pulumi.Output<string>;
  readonly storageClasses: ClusterHandle["storageClasses"];
  readonly loadBalancerAnnotations = EKS_FACTS.loadBalancerAnnotations;
  readonly nodePools: ClusterHandle["nodePools"];
  readonly objectStores: ClusterHandle["objectStores"];
  readonly dns?: DnsZone;
  readonly secretStore: SecretStore;
  readonly writeSecret: WriteSecret;
  readonly builtIn = EKS_FACTS.builtIn;
  readonly scrapable = EKS_FACTS.scrapable;
  readonly needs = EKS_FACTS.needs;
  readonly controllers: NonNullable<ClusterHandle["controllers"]>;
  readonly networkPeers: ClusterHandle["networkPeers"];
  readonly exposure: string;
  readonly limitations: readonly string[];
  readonly managedPostgres: CreateManagedPostgres;
  readonly #place: EksPlace;
  readonly #grantable: Grantable;

  constructor(name: string, args: EksClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:clusters:EksCluster", name, args, opts);
    refuse(checkEks(args, args.guard), this);
    const plan = addressPlan(args);
    if (plan === undefined) throw new Error("checkEks lets no network pass that is too small.");
    const place = eksPlace(name, args, this, awsProvider(name, args, this));

    const keys = eksKeys(place);
    const network = eksNetwork(place, plan);
    flowLogs(place, network, keys);
    const groups = securityGroups(place, network);
    vpcEndpoints(place, network, groups.endpoints);
    const stores = createObjectStores(place, keys);
    const dns = args.dnsDomain === undefined ? undefined : dnsZone(place, args.dnsDomain);
    if (args.registry) imageRegistry(place);

    const cluster = controlPlane(place, { network, groups, keys });
    const access = clusterAccess(place, cluster);
    const before = addOnsBeforeNodes(place, cluster);
    const nodes = nodeGroups(place, { network, groups, keys, before });
    const [systemNodes] = nodes.filter(({ role }) => role === "system");
    if (systemNodes === undefined) throw new Error("checkEks lets no cluster pass without them.");
    const addOns = addOnsAfterNodes(place, systemNodes.group);
    const files = args.storage.rwx ? sharedFiles(place, network, groups, keys) : undefined;

    this.clusterIdentifier = `eks/${args.account}/${args.region}/${args.name}`;
    this.kubeconfig = eksKubeconfig(place, cluster);
    this.provider = new k8s.Provider(
      `${name}-provider`,
      {
        kubeconfig: this.kubeconfig,
        context: args.name,
        // Constant, or a kubeconfig that reads differently would replace everything in the cluster.
        clusterIdentifier: this.clusterIdentifier,
        enableServerSideApply: true,
        enableConfigMapMutable: true,
        enableSecretMutable: true,
      },
      // Everything in the cluster comes after these and goes before them.
      {
        parent: this,
        dependsOn: [
          ...access,
          ...nodes.map(({ group }) => group),
          ...addOns,
          ...groups.serving,
          ...(files?.ready ?? []),
        ],
      },
    );
    createStorageClasses(place, this.provider, keys, files);

    const { nodePools, storageClasses } = clusterFacts(args);
    this.nodePools = nodePools;
    this.storageClasses = storageClasses;
    this.objectStores = objectStores(place);
    if (dns !== undefined) this.dns = dns.contract;
    this.secretStore = { api: "awssm", prefix: place.names.secretPrefix, region: args.region };
    this.writeSecret = (secret, request) => storedSecret(place, keys, secret, request);
    const { name: clusterName, region } = args;
    this.controllers = { api: "aws", clusterName, region, networkId: network.vpc.id };
    this.networkPeers = networkPeers(args, plan);
    this.exposure = exposureOf(args);
    this.limitations = limitationsOf(args);
    this.#place = place;
    this.#grantable = { cluster, keys, stores, dns };
    const ground = { plan, network, groups, keys, subject: this };
    this.managedPostgres = (server, request) => managedPostgres(place, ground, server, request);
    this.registerOutputs({
      clusterIdentifier: this.clusterIdentifier,
      exposure: this.exposure,
      limitations: this.limitations,
    });
  }

  /** Creates a role in IAM that pods of the ServiceAccount have. Throws for what is not the stack's. */
  identityFor(serviceAccount: ServiceAccountRef, grants: readonly Grant[]): WorkloadIdentity {
    return podIdentity(this.#place, this.#grantable, serviceAccount, grants, this);
  }
}

/** Refuses the credentials of every account but the stack's, and marks all that it makes. */
function awsProvider(name: string, args: EksClusterArgs, parent: pulumi.Resource): Provider {
  return new Provider(
    `${name}-aws`,
    {
      region: args.region,
      allowedAccountIds: [args.account],
      defaultTags: { tags: clusterTags(args) },
    },
    { parent },
  );
}
