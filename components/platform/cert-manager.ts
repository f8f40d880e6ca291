import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { DnsZone, NetworkPeer } from "../core/cluster-handle.ts";
import type { WorkloadIdentity } from "../core/workload-identity.ts";
import { resourcesOf, type ResourceOverrides } from "./add-on-resources.ts";
import type { AddOnTraffic, TrafficSurroundings } from "./add-on-traffic.ts";
import { AddOnNamespace } from "./add-on-namespace.ts";
import { CHARTS } from "./charts.ts";
import type { ChartValues } from "./chart-values.ts";
import { plainArgs } from "../core/plain-args.ts";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import type { HttpAnswers } from "./acme-solvers.ts";
import { clusterIssuers } from "./cluster-issuers.ts";
import { helmAddon } from "./helm-addon.ts";
import { disruptionBudget, topologySpread } from "./high-availability.ts";
import { accountAnnotations } from "./identity-values.ts";
import { PRIORITY_CLASSES } from "./priority-class-names.ts";
import { WEBHOOK_ANNOTATIONS } from "./webhook-annotations.ts";

export interface CertManagerArgs {
  /** Replicas of the controller, of its webhook and of the injector, 1 to 5. One of each is active. */
  readonly replicas: number;
  /** Where the ACME authority sends warnings of expiry (T-39, E-52). */
  readonly acmeEmail: string;
  /**
   * By what the ACME authority reaches the answer to its challenge (T-39). Without it and without a zone
   * the issuers that need either are left out.
   */
  readonly httpAnswers?: HttpAnswers;
  /**
   * Whether the Gateway API is served, so that challenges can be answered by it; then the release depends
   * on what serves it, because the controller does not start without. @default false
   */
  readonly gatewayApi?: boolean;
  /** The zone in which challenges are answered by DNS; with an identity that may write there. */
  readonly dns?: DnsZone;
  readonly identity?: WorkloadIdentity;
  /** Where the pods get the cloud's credentials for their own. @default nowhere */
  readonly identityEndpoint?: readonly NetworkPeer[];
  /** Whether the kind ServiceMonitor is served; then the release depends on what serves it. */
  readonly monitored: boolean;
  /**
   * Whether the definitions, and with them every Certificate, outlive the release. A release is
   * installed over definitions that are left.
   */
  readonly keepDefinitions: boolean;
  readonly surroundings: TrafficSurroundings;
  /** Sizes that differ from the defaults in add-on-resources.ts; a change rolls the pods. */
  readonly resources?: ResourceOverrides;
}

/** Name of the ServiceAccount, which the cloud knows cert-manager by. */
export const CERT_MANAGER_ACCOUNT = "cert-manager";

/** The webhook, metrics, and the ACME authority with the challenges that it checks first itself. */
const CERT_MANAGER_TRAFFIC: AddOnTraffic = {
  webhooks: [10250],
  metrics: [9402],
  internet: [80, 443],
};

/**
 * cert-manager and the cluster's issuers. Needs the kind ServiceMonitor first where `monitored`.
 */
export class CertManager extends pulumi.ComponentResource {
  readonly release: k8s.helm.v3.Release;
  /** The issuers by name, in the order in which they are offered. */
  readonly issuers: ReadonlyMap<string, k8s.apiextensions.CustomResource>;

  constructor(name: string, args: CertManagerArgs, opts?: ChildBearingOptions) {
    super("slipway:platform:CertManager", name, plainArgs(args), opts);
    const pin = CHARTS.certManager;
    const namespace = new AddOnNamespace(
      `${name}-home`,
      {
        namespace: pin.namespace,
        podSecurity: "restricted",
        traffic: { ...CERT_MANAGER_TRAFFIC, addresses: args.identityEndpoint ?? [] },
        surroundings: args.surroundings,
      },
      { parent: this, dependsOn: [...(opts?.dependsOn ?? [])] },
    );
    this.release = helmAddon(
      `${name}-release`,
      { pin, values: certManagerValues(args) },
      {
        parent: this,
        dependsOn: [...(opts?.dependsOn ?? []), ...(args.identity?.ready ?? []), namespace],
      },
    );
    // No wait for Ready: an ACME issuer is ready only once it has reached the authority, and a
    // Certificate that asks an issuer too early is issued when the issuer is there.
    this.issuers = new Map(
      Object.entries(clusterIssuers(args)).map(([issuer, spec]) => [
        issuer,
        new k8s.apiextensions.CustomResource(
          `${name}-issuer-${issuer}`,
          spec,
          childOptions(this, opts, [this.release]),
        ),
      ]),
    );
    this.registerOutputs({ issuers: [...this.issuers.keys()] });
  }
}

/** Values of the chart. */
export function certManagerValues(args: CertManagerArgs): ChartValues {
  const { replicas, dns, identity } = args;
  const resources = resourcesOf("certManager", args.resources);
  const part = (component: string, name: string) => ({
    replicaCount: replicas,
    podDisruptionBudget: disruptionBudget(replicas),
    topologySpreadConstraints: topologySpread(replicas, {
      "app.kubernetes.io/name": name,
      "app.kubernetes.io/instance": CHARTS.certManager.releaseName,
      "app.kubernetes.io/component": component,
    }),
  });
  return {
    crds: { enabled: true, keep: args.keepDefinitions },
    ...(args.gatewayApi === true ? { config: { gatewayAPI: { enabled: true } } } : {}),
    // In its own namespace, so that its leases go with it and kube-system is left alone.
    global: {
      leaderElection: { namespace: CHARTS.certManager.namespace },
      priorityClassName: PRIORITY_CLASSES.platform.name,
    },
    ...part("controller", "cert-manager"),
    resources: resources.controller,
    webhook: {
      ...part("webhook", "webhook"),
      resources: resources.webhook,
      mutatingWebhookConfigurationAnnotations: WEBHOOK_ANNOTATIONS,
      validatingWebhookConfigurationAnnotations: WEBHOOK_ANNOTATIONS,
    },
    cainjector: { ...part("cainjector", "cainjector"), resources: resources.injector },
    // Kept on, and run because a Release runs hooks: it asks the webhook a question and so proves,
    // before the first issuer is created, what readiness of the pods does not: that it answers.
    startupapicheck: { timeout: "3m", resources: resources.startupCheck },
    prometheus: { servicemonitor: { enabled: args.monitored } },
    // The pods' own resolvers say when an answer is in the zone; asking the zone's servers would need a
    // way out to every address on port 53.
    ...(dns === undefined ? {} : { dns01RecursiveNameserversOnly: true }),
    ...(identity === undefined
      ? {}
      : {
          serviceAccount: {
            name: CERT_MANAGER_ACCOUNT,
            annotations: accountAnnotations(identity),
          },
          podLabels: identity.podLabels,
        }),
  };
}
