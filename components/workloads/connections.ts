import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { NetworkPeer } from "../core/cluster-handle.ts";
import { refuse } from "../core/invalid-args.ts";
import { objectLabels, selectorLabels } from "../core/labels.ts";
import type { PodPeer } from "../core/platform-capabilities.ts";
import type { Problem } from "../core/problem.ts";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { addressRule, podPeers, tcpPort } from "../core/network-peer.ts";
import { plainArgs } from "../core/plain-args.ts";

/** A part of this system, by its component label. */
export interface Part {
  readonly part: string;
  /** What its pods carry instead, where an operator makes them. The same wherever the part is named. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Pods of other namespaces, such as the ingress controller's. */
export interface Outside {
  readonly pods: PodPeer | readonly PodPeer[];
}

/** One direction in which connections may be opened. Answers need no edge of their own. */
export type Connection =
  /** `port` is the port that the called pod listens on, not its Service's. */
  | { readonly from: Part | Outside; readonly to: Part; readonly port: number }
  | { readonly from: Part; readonly to: Outside; readonly port: number }
  /** Addresses outside the pod network bring their own ports. */
  | { readonly from: Part; readonly to: { readonly addresses: readonly NetworkPeer[] } };

export interface ConnectionsArgs {
  readonly namespace: string;
  readonly system: string;
  /**
   * Every connection that the system needs (K-21, D-65). What is not listed is dropped by the
   * namespace's default, without a restart, as soon as the policy changes.
   */
  readonly allowed: readonly Connection[];
}

/**
 * Who may call whom: one list, from which both ends get their NetworkPolicy, so that no way in is
 * opened whose way out stays shut. Needs a namespace that denies by default, as SystemNamespace makes.
 */
export class Connections extends pulumi.ComponentResource {
  constructor(name: string, args: ConnectionsArgs, opts?: ChildBearingOptions) {
    super("slipway:workloads:Connections", name, plainArgs(args), opts);
    refuse(checkConnections(args), this);
    for (const [part, spec] of connectionPolicies(args)) {
      const labels = objectLabels({ system: args.system, component: part });
      new k8s.networking.v1.NetworkPolicy(
        `${name}-${part}-policy`,
        { metadata: { namespace: args.namespace, labels }, spec },
        childOptions(this, opts),
      );
    }
    this.registerOutputs();
  }
}

/** Everything wrong with the arguments that their types cannot say. */
export function checkConnections(args: ConnectionsArgs): Problem[] {
  return args.allowed.flatMap((connection, index) => {
    if (!("port" in connection) || isPort(connection.port)) return [];
    return [
      {
        path: `allowed[${index}].port`,
        got: String(connection.port),
        expected: "a port from 1 to 65535",
        remedy: "Name the port that the called pod listens on.",
      },
    ];
  });
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}

type PolicySpec = k8s.types.input.networking.v1.NetworkPolicySpec;
type IngressRule = k8s.types.input.networking.v1.NetworkPolicyIngressRule;
type EgressRule = k8s.types.input.networking.v1.NetworkPolicyEgressRule;

/** One policy for each part that has an edge, parts and rules in the order of the list. */
export function connectionPolicies(args: ConnectionsArgs): Map<string, PolicySpec> {
  const ingress = new Map<string, IngressRule[]>();
  const egress = new Map<string, EgressRule[]>();
  const labels = new Map<string, Readonly<Record<string, string>>>();
  const known = (end: Part | Outside) => {
    if ("part" in end) labels.set(end.part, labelsOf(args.system, end));
  };
  for (const connection of args.allowed) {
    if (!("port" in connection)) {
      const { from, to } = connection;
      known(from);
      for (const peer of to.addresses) add(egress, from.part, addressRule(peer));
      continue;
    }
    const { from, to, port } = connection;
    const ports = [tcpPort(port)];
    known(from);
    known(to);
    if ("part" in to) add(ingress, to.part, { from: peersOf(args.system, from), ports });
    if ("part" in from) add(egress, from.part, { to: peersOf(args.system, to), ports });
  }
  const parts = new Set([...ingress.keys(), ...egress.keys()]);
  return new Map(
    [...parts].map((part) => [
      part,
      policySpec(labels.get(part) ?? {}, ingress.get(part), egress.get(part)),
    ]),
  );
}

function add<T>(rules: Map<string, T[]>, part: string, rule: T): void {
  rules.set(part, [...(rules.get(part) ?? []), rule]);
}

function peersOf(
  system: string,
  end: Part | Outside,
): k8s.types.input.networking.v1.NetworkPolicyPeer[] {
  if ("pods" in end) return podPeers(end.pods);
  return [{ podSelector: { matchLabels: labelsOf(system, end) } }];
}

function labelsOf(system: string, { part, labels }: Part): Record<string, string> {
  return labels === undefined ? selectorLabels({ system, component: part }) : { ...labels };
}

function policySpec(
  matchLabels: Readonly<Record<string, string>>,
  ingress: IngressRule[] | undefined,
  egress: EgressRule[] | undefined,
): PolicySpec {
  return {
    podSelector: { matchLabels: { ...matchLabels } },
    policyTypes: [...(ingress ? ["Ingress"] : []), ...(egress ? ["Egress"] : [])],
    ...(ingress ? { ingress } : {}),
    ...(egress ? { egress } : {}),
  };
}
