import type { NodePool } from "../../components/core/cluster-handle.ts";
import { parseCpu, parseMemory } from "../../components/core/quantity.ts";

/** Storage classes that every local cluster has; the first is the default one. */
export const STORAGE_CLASSES = ["standard", "fast-ssd"] as const;

/** Who provides their volumes: a stage of kwok, in the place of a cloud's disk driver. */
export const VOLUME_PROVISIONER = "slipway.local/simulated";

/** The label that says of which pool a node is. */
export const POOL_LABEL = "slipway.local/node-pool";

const REGION = "local";
const ZONES = ["local-a", "local-b", "local-c"] as const;
/** What the clouds allow on a node of the usual size. */
const PODS_PER_NODE = 110;

/** A Kubernetes object as far as it is looked at here. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

export interface NodeObject extends KubernetesObject {
  readonly spec?: { readonly taints?: readonly Taint[]; readonly unschedulable?: boolean };
  readonly status: {
    readonly capacity: Readonly<Record<string, string>>;
    readonly allocatable: Readonly<Record<string, string>>;
    readonly addresses: readonly { readonly type: string; readonly address: string }[];
    readonly nodeInfo: Readonly<Record<string, string>>;
  };
}

/** What a simulated node is made of. */
export interface NodeDescription {
  readonly name: string;
  readonly cpu: string;
  readonly memory: string;
  readonly kubeletVersion: string;
  /** Besides those that a kubelet gives its node. */
  readonly labels: Readonly<Record<string, string>>;
  readonly taints?: readonly Taint[];
}

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

/** A node that kwok plays. */
export function simulatedNode(node: NodeDescription): NodeObject {
  const { name, cpu, memory, kubeletVersion, labels, taints = [] } = node;
  const capacity = {
    cpu,
    memory,
    pods: String(PODS_PER_NODE),
    "ephemeral-storage": "100Gi",
  };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: {
        "kubernetes.io/arch": "amd64",
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        ...labels,
      },
      annotations: { "kwok.x-k8s.io/node": "fake" },
    },
    ...(taints.length === 0 ? {} : { spec: { taints } }),
    status: {
      capacity,
      allocatable: capacity,
      addresses: [{ type: "Hostname", address: name }],
      nodeInfo: {
        architecture: "amd64",
        bootID: "",
        containerRuntimeVersion: "kwok://simulated",
        kernelVersion: "simulated",
        kubeProxyVersion: kubeletVersion,
        kubeletVersion,
        machineID: "",
        operatingSystem: "linux",
        osImage: "simulated",
        systemUUID: "",
      },
    },
  };
}

function nodeObject(pool: NodePool, index: number, version: string): NodeObject {
  return simulatedNode({
    name: `${pool.name}-${index}`,
    cpu: pool.cpu,
    memory: pool.memory,
    kubeletVersion: version,
    labels: {
      [POOL_LABEL]: pool.name,
      "topology.kubernetes.io/region": REGION,
      "topology.kubernetes.io/zone": ZONES[index % ZONES.length] ?? ZONES[0],
    },
  });
}

/**
 * The nodes of the stack's pools, spread over three zones. Each pool has as many as it may grow to:
 * there is no autoscaler here that could add one when a pod finds no room.
 */
export function nodeObjects(pools: readonly NodePool[], kubernetesVersion: string): NodeObject[] {
  return pools.flatMap((pool) =>
    Array.from({ length: pool.maxNodes }, (_, index) => nodeObject(pool, index, kubernetesVersion)),
  );
}

/** The storage classes. Claims wait for their pod, as with the disks of the clouds. */
export function storageClassObjects(): KubernetesObject[] {
  return STORAGE_CLASSES.map((name, index) => ({
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: {
      name,
      annotations: { "storageclass.kubernetes.io/is-default-class": String(index === 0) },
    },
    provisioner: VOLUME_PROVISIONER,
    reclaimPolicy: "Delete",
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
  }));
}

/** What has to change so that a cluster has the wanted nodes; a node of another size is made anew. */
export function planNodes(
  wanted: readonly NodeObject[],
  present: readonly NodeObject[],
): { readonly create: readonly NodeObject[]; readonly remove: readonly string[] } {
  // As numbers: the API server gives 4000m back as 4.
  const sizeOf = ({ status, metadata }: NodeObject) => {
    const { cpu = "", memory = "" } = status.capacity;
    return [parseCpu(cpu), parseMemory(memory), metadata.labels?.[POOL_LABEL]].join(" ");
  };
  const same = (one: NodeObject) =>
    present.find(
      (other) => other.metadata.name === one.metadata.name && sizeOf(other) === sizeOf(one),
    );
  const kept = new Set(wanted.filter((node) => same(node)).map((node) => node.metadata.name));
  return {
    create: wanted.filter((node) => !kept.has(node.metadata.name)),
    remove: present.map((node) => node.metadata.name).filter((name) => !kept.has(name)),
  };
}
