import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterHandle } from "../core/cluster-handle.ts";
import type { Guard } from "../core/guard.ts";
import type { Problem } from "../core/problem.ts";
import { resourcesOf, type ResourceOverrides } from "./add-on-resources.ts";
import { AddOnNamespace } from "./add-on-namespace.ts";
import type { AddOnTraffic, TrafficSurroundings } from "./add-on-traffic.ts";
import { CHARTS } from "./charts.ts";
import type { ChartValues } from "./chart-values.ts";
import type { ChildBearingOptions } from "../core/child-options.ts";
import { plainArgs } from "../core/plain-args.ts";
import { INGRESS_CLASS_NAME } from "./ingress-class.ts";
import { helmAddon } from "./helm-addon.ts";
import { topologySpread } from "./high-availability.ts";
import { PRIORITY_CLASSES } from "./priority-class-names.ts";
import { WEBHOOK_ANNOTATIONS } from "./webhook-annotations.ts";
import { INGRESS_NGINX_WEBHOOK_PORT } from "./webhook-ports.ts";

/** Labels of the controller's pods, by which network policies let them in. */
export const CONTROLLER_LABELS = {
  "app.kubernetes.io/name": "ingress-nginx",
  "app.kubernetes.io/component": "controller",
} as const;

export interface IngressNginxArgs {
  /** Replicas of the controller, 1 to 20. */
  readonly replicas: number;
  /** What makes the load balancer one of the wanted exposure, on this cluster. */
  readonly loadBalancerAnnotations: Readonly<Record<string, string>>;
  /** Whether the kind ServiceMonitor is served; then the release depends on what serves it. */
  readonly monitored: boolean;
  /**
   * Whether cert-manager signs the certificate of the admission webhook and renews it; then the
   * release depends on cert-manager. Without it, Jobs of the chart make one at each install.
   */
  readonly certificates: boolean;
  readonly surroundings: TrafficSurroundings;
  /** Sizes that differ from the defaults in add-on-resources.ts; a change rolls the pods. */
  readonly resources?: ResourceOverrides;
}

/** Everybody may come in, and every pod may have an Ingress that leads to it. */
const INGRESS_NGINX_TRAFFIC: AddOnTraffic = {
  public: [80, 443],
  webhooks: [INGRESS_NGINX_WEBHOOK_PORT],
  metrics: [10254],
  everyPod: true,
};

/** ingress-nginx, the controller of Ingress objects, behind a load balancer (T-08, D-75). */
export class IngressNginx extends pulumi.ComponentResource {
  readonly release: k8s.helm.v3.Release;

  constructor(name: string, args: IngressNginxArgs, opts?: ChildBearingOptions) {
    super("slipway:platform:IngressNginx", name, plainArgs(args), opts);
    const pin = CHARTS.ingressNginx;
    // Restricted in spite of port 80: adding NET_BIND_SERVICE is what that level allows.
    const namespace = new AddOnNamespace(
      `${name}-home`,
      {
        namespace: pin.namespace,
        podSecurity: "restricted",
        traffic: INGRESS_NGINX_TRAFFIC,
        surroundings: args.surroundings,
      },
      { parent: this, dependsOn: [...(opts?.dependsOn ?? [])] },
    );
    this.release = helmAddon(
      `${name}-release`,
      // Ten minutes, because Helm waits for the address of the load balancer too.
      { pin, values: ingressNginxValues(args), timeoutSeconds: 600 },
      { parent: this, dependsOn: [...(opts?.dependsOn ?? []), namespace] },
    );
    this.registerOutputs({ className: INGRESS_CLASS_NAME });
  }
}

/** What a person should know who relies on it where it matters (D-75). */
export const RETIREMENT =
  "ingress-nginx is retired: since March 2026 nobody mends it, holes in its security included. " +
  "Restrict who reaches it, and plan to move to the Gateway API.";

/** Problems of an exposure that the cluster cannot bring about. */
export function checkExposure(
  addOn: "ingressNginx" | "envoyGateway",
  settings: { readonly enabled: boolean; readonly exposure: "public" | "internal" },
  annotations: ClusterHandle["loadBalancerAnnotations"],
  guard: Guard,
): Problem[] {
  const hidden = Object.keys(annotations.internal).length > 0;
  if (!settings.enabled || settings.exposure === "public" || hidden || guard === "relaxed") {
    return [];
  }
  return [
    {
      path: `${addOn}.exposure`,
      got: JSON.stringify(settings.exposure),
      expected: "public, because nothing tells this cluster to keep a load balancer inside",
      remedy: "Use a cluster that Slipway makes, or say public and restrict access in the network.",
    },
  ];
}

/** Values of the chart. */
export function ingressNginxValues(args: IngressNginxArgs): ChartValues {
  const { replicas, monitored, certificates } = args;
  const resources = resourcesOf("ingressNginx", args.resources);
  const webhookJob = { resources: resources.webhookJob };
  return {
    controller: {
      replicaCount: replicas,
      // The chart makes a disruption budget of it from two replicas on.
      minAvailable: Math.max(1, replicas - 1),
      topologySpreadConstraints: topologySpread(replicas, {
        ...CONTROLLER_LABELS,
        "app.kubernetes.io/instance": CHARTS.ingressNginx.releaseName,
      }),
      resources: resources.controller,
      priorityClassName: PRIORITY_CLASSES.platform.name,
      ingressClassResource: { name: INGRESS_CLASS_NAME },
      ingressClass: INGRESS_CLASS_NAME,
      service: {
        annotations: args.loadBalancerAnnotations,
        // Keeps the address of the client, which limits and logs go by.
        externalTrafficPolicy: "Local",
      },
      metrics: { enabled: monitored, serviceMonitor: { enabled: monitored } },
      admissionWebhooks: {
        annotations: WEBHOOK_ANNOTATIONS,
        certManager: { enabled: certificates },
        createSecretJob: webhookJob,
        patchWebhookJob: webhookJob,
      },
    },
  };
}
