import { Cluster, type ClusterArgs } from "@pulumi/gcp/container/cluster.js";
import { Topic } from "@pulumi/gcp/pubsub/topic.js";
import type * as pulumi from "@pulumi/pulumi";
import type { GkeClusterArgs } from "../cloud-context.ts";
import { nodeTag, SECONDARY_RANGES } from "./gke-names.ts";
import type { GkeKeys } from "./keys.ts";
import { maintenancePolicy } from "./maintenance.ts";
import type { GkeNetwork } from "./network.ts";
import type { NodeAccount } from "./node-account.ts";
import type { GkePlace } from "./place.ts";
import { MAX_PODS, nodeInputs, type NodeSurroundings } from "./pool-inputs.ts";

/** What the control plane stands on. */
export interface ControlPlaneParts {
  readonly network: GkeNetwork;
  readonly keys: GkeKeys;
  readonly nodes: NodeAccount;
  /** Access, logs and whatever else has to be there before. */
  readonly after: readonly pulumi.Resource[];
}

type Endpoint = Pick<GkeClusterArgs, "endpoint" | "allowedCidrs" | "network">;

/**
 * How the API server is reached. It always has an address in the network, which nodes and pods use.
 * `dns`: a name that Google's sign-in stands before, and no address for anybody. `restricted`: a public
 * address for the named ranges. `private`: the address in the network, for it and its peers.
 */
export function endpointInputs(
  { endpoint, allowedCidrs, network }: Endpoint,
  controlPlaneSubnet: pulumi.Input<string>,
): Pick<
  ClusterArgs,
  "privateClusterConfig" | "controlPlaneEndpointsConfig" | "masterAuthorizedNetworksConfig"
> {
  const ranges = endpoint === "restricted" ? allowedCidrs : [network.cidr, ...network.peers];
  return {
    privateClusterConfig: {
      enablePrivateNodes: true,
      enablePrivateEndpoint: endpoint !== "restricted",
      privateEndpointSubnetwork: controlPlaneSubnet,
    },
    controlPlaneEndpointsConfig: {
      dnsEndpointConfig: {
        allowExternalTraffic: endpoint === "dns",
        enableK8sCertsViaDns: false,
        enableK8sTokensViaDns: false,
      },
      ipEndpointsConfig: { enabled: endpoint !== "dns" },
    },
    ...(endpoint === "dns"
      ? {}
      : {
          masterAuthorizedNetworksConfig: {
            cidrBlocks: ranges.map((cidrBlock) => ({ cidrBlock })),
            gcpPublicCidrsAccessEnabled: false,
            privateEndpointEnforcementEnabled: true,
          },
        }),
  };
}

/** What keeps strangers and strange code out. */
function securityInputs({ project, guard }: GkeClusterArgs, { etcd }: GkeKeys) {
  return {
    databaseEncryption: { state: "ENCRYPTED", keyName: etcd.key.id },
    enableShieldedNodes: true,
    enableLegacyAbac: false,
    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    anonymousAuthenticationConfig: { mode: "LIMITED" },
    rbacBindingConfig: {
      enableInsecureBindingSystemAuthenticated: false,
      enableInsecureBindingSystemUnauthenticated: false,
    },
    workloadIdentityConfig: { workloadPool: `${project}.svc.id.goog` },
    binaryAuthorization: {
      evaluationMode: guard === "strict" ? "PROJECT_SINGLETON_POLICY_ENFORCE" : "DISABLED",
    },
    securityPostureConfig: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_ENTERPRISE" },
    nodePoolDefaults: {
      nodeConfigDefaults: {
        insecureKubeletReadonlyPortEnabled: "FALSE",
        gcfsConfig: { enabled: true },
      },
    },
  } satisfies Partial<ClusterArgs>;
}

/** How pods and Services get their addresses and names, and which engine enforces network policies. */
function networkInputs({ network, nodes }: GkeNetwork) {
  return {
    network: network.id,
    subnetwork: nodes.id,
    networkingMode: "VPC_NATIVE",
    ipAllocationPolicy: {
      clusterSecondaryRangeName: SECONDARY_RANGES.pods,
      servicesSecondaryRangeName: SECONDARY_RANGES.services,
      stackType: "IPV4",
    },
    defaultMaxPodsPerNode: MAX_PODS,
    // Enforces network policies itself; the field networkPolicy is for the engine before it.
    datapathProvider: "ADVANCED_DATAPATH",
    enableIntranodeVisibility: true,
    enableL4IlbSubsetting: true,
    serviceExternalIpsConfig: { enabled: false },
    gatewayApiConfig: { channel: "CHANNEL_STANDARD" },
    dnsConfig: { clusterDns: "CLOUD_DNS", clusterDnsScope: "CLUSTER_SCOPE" },
  } satisfies Partial<ClusterArgs>;
}

const CONTROL_PLANE = ["APISERVER", "SCHEDULER", "CONTROLLER_MANAGER"];

/** What is written down and measured. The platform has a Prometheus of its own. */
const OBSERVED = {
  loggingConfig: { enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS", ...CONTROL_PLANE] },
  monitoringConfig: {
    enableComponents: ["SYSTEM_COMPONENTS", ...CONTROL_PLANE],
    managedPrometheus: { enabled: false },
    advancedDatapathObservabilityConfig: { enableMetrics: true, enableRelay: false },
  },
  costManagementConfig: { enabled: true },
} satisfies Partial<ClusterArgs>;

/** What scales, and by what. Pools are those of the stack file: none is made for a pod that wants one. */
const SCALING = {
  verticalPodAutoscaling: { enabled: true },
  podAutoscaling: { hpaProfile: "PERFORMANCE" },
  clusterAutoscaling: { enabled: false, autoscalingProfile: "OPTIMIZE_UTILIZATION" },
} satisfies Partial<ClusterArgs>;

/** The parts that GKE runs in the cluster. */
function addons({ storage }: GkeClusterArgs): ClusterArgs["addonsConfig"] {
  return {
    dnsCacheConfig: { enabled: true },
    gcePersistentDiskCsiDriverConfig: { enabled: true },
    gcpFilestoreCsiDriverConfig: { enabled: storage.rwx },
    horizontalPodAutoscaling: { disabled: false },
    httpLoadBalancing: { disabled: false },
  };
}

/** Everything that GKE is told of the cluster. */
export function clusterInputs(
  args: GkeClusterArgs,
  { network, keys }: ControlPlaneParts,
  surroundings: NodeSurroundings,
  upgrades: pulumi.Input<string>,
): ClusterArgs {
  return {
    project: args.project,
    name: args.name,
    location: args.region,
    nodeLocations: [...args.zones],
    deletionProtection: args.deletionProtection,
    minMasterVersion: args.kubernetesVersion,
    releaseChannel: { channel: "REGULAR" },
    maintenancePolicy: maintenancePolicy(args.maintenance),
    ...endpointInputs(args, network.controlPlane.id),
    ...networkInputs(network),
    ...securityInputs(args, keys),
    ...OBSERVED,
    ...SCALING,
    addonsConfig: addons(args),
    notificationConfig: {
      pubsub: {
        enabled: true,
        topic: upgrades,
        filter: {
          eventTypes: ["UPGRADE_EVENT", "UPGRADE_AVAILABLE_EVENT", "SECURITY_BULLETIN_EVENT"],
        },
      },
    },
    // GKE makes a pool with every cluster. It lives for minutes, and is as closed as those that stay.
    removeDefaultNodePool: true,
    initialNodeCount: 1,
    nodeConfig: nodeInputs(surroundings),
  };
}

/** Makes the cluster, without nodes. Raising `kubernetesVersion` changes it in place. */
export function controlPlane(place: GkePlace, parts: ControlPlaneParts): Cluster {
  const { name, args, child } = place;
  const upgrades = new Topic(
    `${name}-upgrades`,
    { project: args.project, name: `${args.name}-upgrades` },
    child(),
  );
  const { etcd, disks } = parts.keys;
  return new Cluster(
    `${name}-gke`,
    clusterInputs(args, parts, surroundingsOf(place, parts), upgrades.id),
    child({
      protect: args.deletionProtection,
      dependsOn: [
        etcd.access,
        disks.access,
        ...parts.network.ready,
        ...parts.nodes.ready,
        ...parts.after,
      ],
      // Both are about the pool that GKE has taken away.
      ignoreChanges: ["initialNodeCount", "nodeConfig"],
      customTimeouts: { create: "60m", update: "120m", delete: "60m" },
    }),
  );
}

/** What all nodes of the cluster share. */
export function surroundingsOf(
  { args, labels }: GkePlace,
  { keys, nodes }: Pick<ControlPlaneParts, "keys" | "nodes">,
): NodeSurroundings {
  return {
    account: nodes.account.email,
    diskKey: keys.disks.key.id,
    tag: nodeTag(args),
    labels,
  };
}
