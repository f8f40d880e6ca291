import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../core/invalid-args.ts";
import { systemNamespaceLabels } from "../core/labels.ts";
import type { PlatformCapabilities } from "../core/platform-capabilities.ts";
import { underPath, type Problem } from "../core/problem.ts";
import { checkCpu, checkMemory, checkResourceBounds } from "../core/quantity.ts";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import {
  containerRange,
  quotaHard,
  type ContainerRange,
  type QuotaFloors,
  type WorkloadSize,
} from "./namespace-quota.ts";
import { addressRule, podPeer } from "../core/network-peer.ts";
import { plainArgs } from "../core/plain-args.ts";

export interface SystemNamespaceArgs {
  /** Name of the namespace (K-06). Changing it moves, and so recreates, all that is in it. */
  readonly namespace: string;
  readonly system: string;
  /** The Pod Security level that the API server enforces on pods created from now on (K-22). */
  readonly podSecurity: PlatformCapabilities["podSecurity"];
  /** Where every pod may ask for names (D-65). */
  readonly dns: PlatformCapabilities["networkPeers"]["dns"];
  /** What the quota holds at least (E-32). */
  readonly quotaFloors: QuotaFloors;
  /** Default, smallest and largest container (D-35, E-32). */
  readonly containers: ContainerRange;
  /** Everything that runs here at its largest; quota and range make room for it (D-34). */
  readonly workloads: readonly WorkloadSize[];
}

/**
 * A namespace in which a system is at home: Pod Security, quota and container range, all traffic
 * denied but for DNS. Others `dependsOn` the component, and so on all of these.
 */
export class SystemNamespace extends pulumi.ComponentResource {
  constructor(name: string, args: SystemNamespaceArgs, opts?: ChildBearingOptions) {
    super("slipway:workloads:SystemNamespace", name, plainArgs(args), opts);
    refuse(checkSystemNamespace(args), this);
    const namespace = new k8s.core.v1.Namespace(
      `${name}-namespace`,
      namespaceSpec(args),
      childOptions(this, opts),
    );
    const inside = childOptions(this, opts, [namespace]);
    const metadata = { namespace: args.namespace, labels: labelsOf(args) };
    new k8s.core.v1.ResourceQuota(
      `${name}-quota`,
      { metadata, spec: { hard: quotaHard(args.quotaFloors, args.workloads) } },
      inside,
    );
    new k8s.core.v1.LimitRange(`${name}-limits`, { metadata, spec: limitRangeSpec(args) }, inside);
    new k8s.networking.v1.NetworkPolicy(
      `${name}-default-deny`,
      { metadata, spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } },
      inside,
    );
    new k8s.networking.v1.NetworkPolicy(
      `${name}-dns`,
      { metadata, spec: dnsPolicySpec(args.dns) },
      inside,
    );
    this.registerOutputs({ namespace: args.namespace });
  }
}

/** Everything wrong with the arguments that their types cannot say. */
export function checkSystemNamespace(args: SystemNamespaceArgs): Problem[] {
  const { quotaFloors, containers, workloads } = args;
  const pairs = Object.entries({
    "containers.defaultLimits": containers.defaultLimits,
    "containers.defaultRequests": containers.defaultRequests,
    "containers.max": containers.max,
    "containers.min": containers.min,
  });
  return [
    ...underPath("quotaFloors", [
      ...checkResourceBounds(quotaFloors, "bounds"),
      ...checkMemory(quotaFloors.storage, "storage"),
    ]),
    ...pairs.flatMap(([path, { cpu, memory }]) => [
      ...checkCpu(cpu, `${path}.cpu`),
      ...checkMemory(memory, `${path}.memory`),
    ]),
    ...workloads.flatMap(({ resources, sidecars = [], claims = [] }, index) =>
      underPath(`workloads[${index}]`, [
        ...checkResourceBounds(resources, "resources"),
        ...sidecars.flatMap((bounds, at) => checkResourceBounds(bounds, `sidecars[${at}]`)),
        ...claims.flatMap((size, at) => checkMemory(size, `claims[${at}]`)),
      ]),
    ),
  ];
}

function labelsOf(args: SystemNamespaceArgs): Record<string, string> {
  return systemNamespaceLabels(args.system);
}

/** The Namespace. Below `restricted` the API server still warns of what restricted would refuse. */
export function namespaceSpec(args: SystemNamespaceArgs): k8s.core.v1.NamespaceArgs {
  return {
    metadata: {
      name: args.namespace,
      labels: {
        ...labelsOf(args),
        "pod-security.kubernetes.io/enforce": args.podSecurity,
        "pod-security.kubernetes.io/warn": "restricted",
        "pod-security.kubernetes.io/audit": "restricted",
      },
    },
  };
}

/** The LimitRange: a debug pod without requests is given some, or the quota would refuse it (D-35). */
export function limitRangeSpec(args: SystemNamespaceArgs): k8s.types.input.core.v1.LimitRangeSpec {
  const range = containerRange(args.containers, args.workloads);
  return {
    limits: [
      {
        type: "Container",
        default: { ...range.defaultLimits },
        defaultRequest: { ...range.defaultRequests },
        max: { ...range.max },
        min: { ...range.min },
      },
    ],
  };
}

/** Lets every pod ask for names: DNS is part of any connection, and no edge would name it (D-65). */
export function dnsPolicySpec(
  dns: SystemNamespaceArgs["dns"],
): k8s.types.input.networking.v1.NetworkPolicySpec {
  const ports = [
    { protocol: "UDP", port: 53 },
    { protocol: "TCP", port: 53 },
  ];
  return {
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [{ to: [podPeer(dns.pods)], ports }, ...dns.addresses.map(addressRule)],
  };
}
