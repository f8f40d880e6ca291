import { Provider } from "@pulumi/gcp/provider.js";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterHandle, DnsZone, SecretStore } from "../../core/cluster-handle.ts";
import { refuse } from "../../core/invalid-args.ts";
import type { CreateManagedPostgres } from "../../core/managed-postgres.ts";
import type { WriteSecret } from "../../core/secret-backend.ts";
import type { Grant, ServiceAccountRef, WorkloadIdentity } from "../../core/workload-identity.ts";
import type { GkeClusterArgs } from "../cloud-context.ts";
import { clusterFacts } from "../cluster-facts.ts";
import { clusterAccess } from "./access.ts";
import { addressPlan } from "./address-plan.ts";
import { checkGke } from "./check-gke.ts";
import { controlPlane, surroundingsOf } from "./control-plane.ts";
import { dnsZone } from "./dns-zone.ts";
import { exposureOf, GKE_FACTS, limitationsOf, loadBalancerAnnotations } from "./handle-facts.ts";
import { imageRegistry } from "./image-registry.ts";
import { gkeKeys, type GkeKey } from "./keys.ts";
import { gkeKubeconfig } from "./kubeconfig.ts";
import { clusterLogs } from "./logs.ts";
import { managedPostgres, postgresGround, refusePostgres } from "./managed-postgres.ts";
import type { PostgresGround } from "./managed-postgres.ts";
import { networkPeers } from "./network-peers.ts";
import { gkeNetwork } from "./network.ts";
import { nodeAccount } from "./node-account.ts";
import { nodePools } from "./node-pools.ts";
import { createObjectStores, objectStores } from "./object-stores.ts";
import { gkeLabels, gkePlace, type GkePlace } from "./place.ts";
import { podIdentity, type Grantable } from "./pod-identity.ts";
import { createStorageClasses, sharedFilesAccess } from "./storage-classes.ts";
import { storedSecret, storedSecretsKey } from "./stored-secret.ts";

/**
 * A cluster on Google Kubernetes Engine, from nothing but a project: network, keys, logs, nodes, who gets
 * in, object stores. docs/clouds/gke.md says what it needs and what it costs. Throws InvalidArgsError for
 * settings that `checkGke` refuses.
 */
export class GkeCluster extends pulumi.ComponentResource implements ClusterHandle {
  readonly provider: k8s.Provider;
  readonly clusterIdentifier: string;
  readonly kubeconfig: pulumi.Output<string>;
  readonly storageClasses: ClusterHandle["storageClasses"];
  readonly loadBalancerAnnotations: ClusterHandle["loadBalancerAnnotations"];
  readonly nodePools: ClusterHandle["nodePools"];
  readonly objectStores: ClusterHandle["objectStores"];
  readonly dns?: DnsZone;
  readonly secretStore: SecretStore;
  readonly writeSecret: WriteSecret;
  readonly builtIn = GKE_FACTS.builtIn;
  readonly scrapable = GKE_FACTS.scrapable;
  readonly needs = GKE_FACTS.needs;
  readonly networkPeers: ClusterHandle["networkPeers"];
  readonly exposure: string;
  readonly limitations: readonly string[];
  readonly managedPostgres: CreateManagedPostgres;
  readonly #place: GkePlace;
  readonly #grantable: Grantable;

  constructor(name: string, args: GkeClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:clusters:GkeCluster", name, args, opts);
    refuse(checkGke(args, args.guard), this);
    const { project, region } = args;
    const google = new Provider(
      `${name}-google`,
      { project, region, defaultLabels: gkeLabels(args) },
      { parent: this },
    );
    const place = gkePlace(name, args, this, google);
    const plan = addressPlan(args);
    const network = gkeNetwork(place, plan);
    const keys = gkeKeys(place);
    const stores = createObjectStores(place, keys.objects);
    const dns = args.dnsDomain === undefined ? undefined : dnsZone(place, args.dnsDomain);

    const nodes = nodeAccount(place);
    const cluster = controlPlane(place, {
      network,
      keys,
      nodes,
      after: [...clusterAccess(place), ...clusterLogs(place)],
    });
    const ready: pulumi.Resource[] = [
      ...nodePools(place, cluster, surroundingsOf(place, { keys, nodes })),
      ...sharedFilesAccess(place, keys),
      ...(args.registry ? [imageRegistry(place, keys, nodes).access] : []),
    ];

    this.clusterIdentifier = `gke/${project}/${region}/${args.name}`;
    this.kubeconfig = gkeKubeconfig(args, cluster);
    this.provider = kubernetesProvider(place, this.kubeconfig, this.clusterIdentifier, ready);
    createStorageClasses(place, plan, keys, this.provider);

    const facts = clusterFacts(args);
    this.nodePools = facts.nodePools;
    this.storageClasses = facts.storageClasses;
    this.loadBalancerAnnotations = loadBalancerAnnotations(args);
    this.objectStores = objectStores(place);
    if (dns !== undefined) this.dns = dns.contract;
    this.secretStore = { api: "gcpsm", prefix: place.names.secretPrefix };
    let secretsKey: GkeKey | undefined;
    this.writeSecret = (secret, request) => {
      secretsKey ??= storedSecretsKey(place, keys);
      return storedSecret(place, secretsKey, secret, request);
    };
    this.networkPeers = networkPeers(plan);
    this.exposure = exposureOf(args);
    this.limitations = limitationsOf(args);
    this.#place = place;
    this.#grantable = { cluster, stores, dns };
    let ground: PostgresGround | undefined;
    this.managedPostgres = (server, request) => {
      refusePostgres(server, request, this);
      ground ??= postgresGround(place, { network, plan, keys });
      return managedPostgres(place, ground, server, request);
    };
    this.registerOutputs({
      clusterIdentifier: this.clusterIdentifier,
      exposure: this.exposure,
      limitations: this.limitations,
    });
  }

  /** Lets pods of the ServiceAccount use what is granted. Throws for what GKE does itself. */
  identityFor(serviceAccount: ServiceAccountRef, grants: readonly Grant[]): WorkloadIdentity {
    return podIdentity(this.#place, this.#grantable, serviceAccount, grants, this);
  }
}

/** Everything in the cluster comes after `ready` and goes before it. */
function kubernetesProvider(
  { name, args, child }: GkePlace,
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
