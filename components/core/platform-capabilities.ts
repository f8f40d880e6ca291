import type * as pulumi from "@pulumi/pulumi";
import type { NetworkPeer, ObjectStore } from "./cluster-handle.ts";
import type { SecretBackend } from "./secret-backend.ts";

/** Pods that a network policy may name: by the labels of their namespace and their own. */
export interface PodPeer {
  readonly namespaceLabels: Readonly<Record<string, string>>;
  readonly podLabels?: Readonly<Record<string, string>>;
}

/** The Gateway that is there for all systems, and the class of Gateways that share its way in. */
export interface GatewayEntrance {
  /** GatewayClass of a route's own Gateway, which holds the host and its certificate. */
  readonly className: string;
  readonly namespace: string;
  readonly name: string;
  /** Its listener for plain HTTP, which every namespace may attach routes to. */
  readonly httpListener: string;
}

/**
 * What the platform gives to the systems. A system reads this and never knows which add-on stands
 * behind a capability. What is absent is not installed in this stack.
 *
 * The fields named `ready` hold resources to put in `dependsOn`: a custom resource is created after
 * its operator serves it and deleted before the operator goes.
 */
export interface PlatformCapabilities {
  /** How HTTP reaches the systems: by one of the two, or by both while hosts move. */
  readonly ingress?: {
    /** Class of the Ingress that a route makes; absent where routes make none. */
    readonly className?: string;
    /** Where the HTTPRoute that a route makes attaches; absent where routes make none. */
    readonly gateway?: GatewayEntrance;
    readonly ready: readonly pulumi.Resource[];
  };
  /** ClusterIssuers of certificates. */
  readonly issuers?: {
    readonly names: readonly string[];
    readonly ready: readonly pulumi.Resource[];
  };
  /** ServiceMonitor and PrometheusRule objects are understood, and any in the cluster is picked up. */
  readonly monitors?: { readonly ready: readonly pulumi.Resource[] };
  /** The HPA can scale on metrics that applications export. */
  readonly customMetrics: boolean;
  /** Where OTLP traces go, over gRPC; over HTTP it is the port after it. */
  readonly traces?: { readonly otlpEndpoint: string };
  /** Container output is collected and kept. */
  readonly logs: boolean;
  /** Who the systems' network policies must let in, or let them reach. */
  readonly networkPeers: {
    /** Pods that bring HTTP in: those of the ingress controller, of the gateway, or of both. */
    readonly ingressController?: readonly PodPeer[];
    readonly monitoring?: PodPeer;
    /** Who takes traces, on the port of `traces.otlpEndpoint` and the one after it. */
    readonly traces?: PodPeer;
    readonly dns: { readonly pods: PodPeer; readonly addresses: readonly NetworkPeer[] };
  };
  /** PriorityClass names by purpose; an absent one means the cluster's default priority. */
  readonly priorityClasses: { readonly data?: string; readonly frontDoor?: string };
  /** Where the Secrets of systems come from; handed on to the block that makes them. */
  readonly secretBackend: SecretBackend;
  /** Where backups go; absent where only a volume in the cluster is to be had. */
  readonly backupDestination?: ObjectStore;
  /** Where that store answers, and whoever tells it who a pod is. */
  readonly backupPeers?: readonly NetworkPeer[];
  /** Prefix of a registry that mirrors public images, without a trailing slash. */
  readonly imageMirrorPrefix?: string;
  /** The Pod Security level that namespaces of the systems enforce. */
  readonly podSecurity: "restricted" | "baseline";
  /** Makes PostgreSQL servers of custom resources (E-53); absent where databases have other modes only. */
  readonly postgresOperator?: {
    /** Who has to reach every server that it makes. */
    readonly pods: PodPeer;
    /** Where the servers, each of which reads its own resource, find the API server. */
    readonly apiServer: readonly NetworkPeer[];
    readonly ready: readonly pulumi.Resource[];
  };
}
