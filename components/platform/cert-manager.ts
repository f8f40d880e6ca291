import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { CHARTS } from "./charts.ts";
import type { ChartValues } from "./chart-values.ts";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { clusterIssuers } from "./cluster-issuers.ts";
import { helmAddon } from "./helm-addon.ts";
import { disruptionBudget, topologySpread } from "./high-availability.ts";
import { platformNamespace } from "./platform-namespace.ts";

export interface CertManagerArgs {
  /** Replicas of the controller, of its webhook and of the injector, 1 to 5. One of each is active. */
  readonly replicas: number;
  /** Where the ACME authority sends warnings of expiry (T-39, E-52). */
  readonly acmeEmail: string;
  /**
   * The class of Ingress by which the ACME authority reaches the answer to its challenge (T-39).
   * Without one the issuers that need it are left out.
   */
  readonly ingressClassName?: string;
  /** Whether the kind ServiceMonitor is served; then the release depends on what serves it. */
  readonly monitored: boolean;
  /**
   * Whether the definitions, and with them every Certificate, outlive the release. A release is
   * installed over definitions that are left.
   */
  readonly keepDefinitions: boolean;
}

export const CERT_MANAGER_DEFAULTS = {
  resources: {
    controller: {
      requests: { cpu: "50m", memory: "128Mi" },
      limits: { cpu: "500m", memory: "512Mi" },
    },
    webhook: {
      requests: { cpu: "20m", memory: "64Mi" },
      limits: { cpu: "200m", memory: "128Mi" },
    },
    /** It caches every Secret and definition in the cluster. */
    injector: {
      requests: { cpu: "50m", memory: "128Mi" },
      limits: { cpu: "500m", memory: "512Mi" },
    },
    startupCheck: {
      requests: { cpu: "10m", memory: "32Mi" },
      limits: { cpu: "100m", memory: "64Mi" },
    },
  },
} as const;

/**
 * cert-manager and the cluster's issuers. Needs the kind ServiceMonitor first where `monitored`.
 */
export class CertManager extends pulumi.ComponentResource {
  readonly release: k8s.helm.v3.Release;
  /** The issuers by name, in the order in which they are offered. */
  readonly issuers: ReadonlyMap<string, k8s.apiextensions.CustomResource>;

  constructor(name: string, args: CertManagerArgs, opts?: ChildBearingOptions) {
    super("slipway:platform:CertManager", name, args, opts);
    const pin = CHARTS.certManager;
    const namespace = platformNamespace(
      `${name}-namespace`,
      pin.namespace,
      "restricted",
      childOptions(this, opts),
    );
    this.release = helmAddon(
      `${name}-release`,
      { pin, values: certManagerValues(args) },
      { parent: this, dependsOn: [...(opts?.dependsOn ?? []), namespace] },
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
  const { replicas } = args;
  const { resources } = CERT_MANAGER_DEFAULTS;
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
    // In its own namespace, so that its leases go with it and kube-system is left alone.
    global: { leaderElection: { namespace: CHARTS.certManager.namespace } },
    ...part("controller", "cert-manager"),
    resources: resources.controller,
    webhook: { ...part("webhook", "webhook"), resources: resources.webhook },
    cainjector: { ...part("cainjector", "cainjector"), resources: resources.injector },
    // Kept on, and run because a Release runs hooks: it asks the webhook a question and so proves,
    // before the first issuer is created, what readiness of the pods does not: that it answers.
    startupapicheck: { timeout: "3m", resources: resources.startupCheck },
    prometheus: { servicemonitor: { enabled: args.monitored } },
  };
}
