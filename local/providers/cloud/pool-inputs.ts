import {
  cloudAnswer,
  isProperties,
  type Properties,
} from "../../../plan/recording/cloud-outputs/index.ts";
import type { PoolDescription, Taint } from "./cluster-hook.ts";
import type { CloudRecord } from "./cloud-record.ts";
import type { Written } from "./written.ts";
import { zonesOfSubnets } from "./zones-of-subnets.ts";

/** A pool as its inputs have it, without what a machine of its type has. */
export type Pool = Omit<PoolDescription, "cpu" | "memory">;

const NO_NODE_COUNT = 1;

const mapAt = (value: unknown, key: string): Properties => {
  const item = isProperties(value) ? value[key] : undefined;
  return isProperties(item) ? item : {};
};
const listAt = (value: unknown, key: string): unknown[] => {
  const item = isProperties(value) ? value[key] : undefined;
  return Array.isArray(item) ? (item as unknown[]) : [];
};
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const number = (value: unknown): number | undefined =>
  typeof value === "number" ? value : undefined;
const texts = (value: Properties): Record<string, string> =>
  Object.fromEntries(Object.entries(value).map(([key, item]) => [key, String(item)]));

const EFFECTS: Readonly<Record<string, string>> = {
  NO_SCHEDULE: "NoSchedule",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
  NO_EXECUTE: "NoExecute",
};

/** Google and AWS have their own spelling of a taint's effect. */
function taintOf(taint: unknown): Taint {
  const { key, value, effect } = isProperties(taint) ? taint : {};
  return { key: text(key), value: text(value), effect: EFFECTS[text(effect)] ?? text(effect) };
}

/** Azure writes `key=value:effect`. */
function taintOfText(line: unknown): Taint {
  const [, key = "", value = "", effect = ""] =
    /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(text(line)) ?? [];
  return { key, value, effect };
}

/** The version of Kubernetes in a text such as `1.34.1-gke.1000`; nothing where there is none. */
function versionIn(value: unknown): Pick<PoolDescription, "kubernetesVersion"> {
  const version = /^\d+(\.\d+)+/.exec(text(value))?.[0];
  return version === undefined ? {} : { kubernetesVersion: version };
}

function gcpNodes(inputs: Properties, zones: number): number {
  const scaling = mapAt(inputs, "autoscaling");
  const perZone =
    number(scaling["maxNodeCount"]) ??
    number(inputs["nodeCount"]) ??
    number(inputs["initialNodeCount"]) ??
    NO_NODE_COUNT;
  return number(scaling["totalMaxNodeCount"]) ?? perZone * zones;
}

export function gcpPool({ inputs, record }: Written): Pool {
  const node = mapAt(inputs, "nodeConfig");
  const zones = zonesInOutputs(record);
  const name = text(inputs["name"]);
  const machineType = text(node["machineType"]) || "e2-medium";
  return {
    name,
    machineType,
    nodes: gcpNodes(inputs, zones.length),
    zones,
    labels: {
      "cloud.google.com/gke-nodepool": name,
      "node.kubernetes.io/instance-type": machineType,
      ...(node["spot"] === true ? { "cloud.google.com/gke-spot": "true" } : {}),
      ...texts(mapAt(node, "labels")),
    },
    taints: listAt(node, "taints").map(taintOf),
    ...versionIn(inputs["version"]),
  };
}

/** The pool that Google makes with a cluster, unless it is told to take it away again. */
export function gcpDefaultPool(inputs: Properties, record: CloudRecord): Pool | undefined {
  if (inputs["removeDefaultNodePool"] === true || inputs["enableAutopilot"] === true) {
    return undefined;
  }
  if (number(inputs["initialNodeCount"]) === undefined) return undefined;
  return gcpPool({
    account: "",
    record,
    inputs: { ...inputs, name: "default-pool" },
    others: [],
  });
}

function zonesInOutputs(record: CloudRecord): string[] {
  return listAt(cloudAnswer(record).outputs, "nodeLocations").map(text);
}

export function awsPool({ inputs, record, others }: Written): Pool {
  const name = text(cloudAnswer(record).outputs["nodeGroupName"]);
  const machineType = text(listAt(inputs, "instanceTypes")[0]) || templateType(inputs, others);
  return {
    name,
    machineType,
    nodes: number(mapAt(inputs, "scalingConfig")["maxSize"]) ?? NO_NODE_COUNT,
    zones: zonesOfSubnets(listAt(inputs, "subnetIds").map(text), others),
    labels: {
      "eks.amazonaws.com/nodegroup": name,
      "eks.amazonaws.com/capacityType": text(inputs["capacityType"]) || "ON_DEMAND",
      "node.kubernetes.io/instance-type": machineType,
      ...texts(mapAt(inputs, "labels")),
    },
    taints: listAt(inputs, "taints").map(taintOf),
    ...versionIn(inputs["version"]),
  };
}

/** What the launch template says where the group does not; AWS falls back to a type of its own. */
function templateType(inputs: Properties, others: readonly CloudRecord[]): string {
  const id = text(mapAt(inputs, "launchTemplate")["id"]);
  const template = others.find(
    (record) => record.type === "aws:ec2/launchTemplate:LaunchTemplate" && record.id === id,
  );
  return text(template?.inputs["instanceType"]) || "t3.medium";
}

export function azurePool(inputs: Properties, name: string, location: string): Pool {
  const scales = inputs["enableAutoScaling"] === true;
  const machineType = text(inputs["vmSize"]);
  const count = number(inputs[scales ? "maxCount" : "count"]) ?? number(inputs["count"]);
  return {
    name,
    machineType,
    nodes: count ?? NO_NODE_COUNT,
    zones: listAt(inputs, "availabilityZones").map((zone) => `${location}-${text(zone)}`),
    labels: {
      agentpool: name,
      "kubernetes.azure.com/agentpool": name,
      "kubernetes.azure.com/mode": (text(inputs["mode"]) || "User").toLowerCase(),
      "node.kubernetes.io/instance-type": machineType,
      ...(inputs["scaleSetPriority"] === "Spot"
        ? { "kubernetes.azure.com/scalesetpriority": "spot" }
        : {}),
      ...texts(mapAt(inputs, "nodeLabels")),
    },
    taints: listAt(inputs, "nodeTaints").map(taintOfText),
    ...versionIn(inputs["orchestratorVersion"]),
  };
}
