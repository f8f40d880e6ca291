import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { checkImage } from "../core/image.ts";
import { refuse } from "../core/invalid-args.ts";
import { objectLabels, selectorLabels } from "../core/labels.ts";
import type { PlatformCapabilities } from "../core/platform-capabilities.ts";
import type { Problem } from "../core/problem.ts";
import { checkResourceBounds, type ResourceBounds } from "../core/quantity.ts";
import { withDefaults } from "../core/with-defaults.ts";
import {
  checkCount,
  checkScale,
  hpaSpec,
  pdbMinAvailable,
  pdbSpec,
  type Scale,
} from "./availability.ts";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import type { ConfigSource, SourceKey } from "./config-source.ts";
import { plainArgs } from "./plain-args.ts";
import { checkWritablePaths, podTemplate, sourcesOf } from "./pod.ts";
import { httpProbes } from "./probes.ts";
import { serviceMonitorSpec } from "./service-monitor.ts";

/** The Service in front of the pods. */
export interface ServiceArgs {
  /** The name under which others call it (K-12). */
  readonly name: string;
  readonly port: number;
  /** Further names for the same pods, where a guide uses two (D-53). */
  readonly aliases?: readonly string[];
}

/** Where the application shows its metrics, and what the objects that scrape them wait for. */
export interface MetricsArgs {
  /** On the port of the application. */
  readonly path: string;
  /** As the platform gives it; undefined where nothing scrapes. */
  readonly monitors: PlatformCapabilities["monitors"];
}

export interface WebServiceArgs {
  readonly namespace: string;
  readonly system: string;
  /** The part of the system, and the Deployment's name (K-12, K-13). Changing it replaces everything. */
  readonly component: string;
  /** With tag or digest (K-14). A change rolls the pods, one more at a time, none missing (D-85). */
  readonly image: string;
  /** The port that the container listens on, 1024 to 65535 since it is not root. */
  readonly port: number;
  readonly service: ServiceArgs;
  /** Answered with 2xx by a healthy container; all three probes ask for it (D-84). */
  readonly healthPath: string;
  readonly resources: ResourceBounds;
  readonly scale: Scale;
  /**
   * Pods that a drain leaves running, at least 1; lowered where fewer run (K-25, D-56). @default 1
   */
  readonly minAvailable?: number;
  /** Sources whose every key becomes an environment variable. @default none */
  readonly envFrom?: readonly ConfigSource[];
  /** Environment variables, each a text or one key of a source. @default none */
  readonly env?: Readonly<Record<string, string | SourceKey>>;
  /** Directories that the container writes to, besides /tmp (D-87). @default none */
  readonly writablePaths?: readonly string[];
  /** @default nothing is scraped */
  readonly metrics?: MetricsArgs;
}

export const WEB_SERVICE_DEFAULTS = {
  minAvailable: 1,
  envFrom: [],
  env: {},
  writablePaths: [],
} as const satisfies Partial<WebServiceArgs>;

type FullArgs = WebServiceArgs & Required<Pick<WebServiceArgs, keyof typeof WEB_SERVICE_DEFAULTS>>;

/**
 * An HTTP application: Deployment, Service, ServiceAccount without token, and where they make sense an
 * HPA, a PodDisruptionBudget and a ServiceMonitor. Who may call it is said in Connections.
 */
export class WebService extends pulumi.ComponentResource {
  constructor(name: string, args: WebServiceArgs, opts?: ChildBearingOptions) {
    super("slipway:workloads:WebService", name, plainArgs(args), opts);
    const full: FullArgs = withDefaults(WEB_SERVICE_DEFAULTS, args);
    refuse(checkWebService(full), this);
    const account = new k8s.core.v1.ServiceAccount(
      `${name}-service-account`,
      { metadata: namedAs(full, full.component), automountServiceAccountToken: false },
      childOptions(this, opts),
    );
    const sources = sourcesOf(full).map((source) => source.object);
    const deployment = new k8s.apps.v1.Deployment(
      `${name}-deployment`,
      { metadata: namedAs(full, full.component), spec: deploymentSpec(full) },
      childOptions(this, opts, [account, ...sources]),
    );
    this.createServices(name, full, childOptions(this, opts));
    this.createAvailability(name, full, childOptions(this, opts, [deployment]));
    this.createMonitor(name, full, opts);
    this.registerOutputs({ serviceName: full.service.name });
  }

  private createServices(
    name: string,
    args: FullArgs,
    options: pulumi.CustomResourceOptions,
  ): void {
    const { namespace, service } = args;
    new k8s.core.v1.Service(
      `${name}-service`,
      { metadata: namedAs(args, service.name), spec: serviceSpec(args) },
      options,
    );
    // An alias has no component label: a monitor that found both would count every request twice.
    const labels = { "app.kubernetes.io/name": args.system };
    for (const alias of service.aliases ?? []) {
      new k8s.core.v1.Service(
        `${name}-service-${alias}`,
        { metadata: { namespace, name: alias, labels }, spec: serviceSpec(args) },
        options,
      );
    }
  }

  private createAvailability(
    name: string,
    args: FullArgs,
    options: pulumi.CustomResourceOptions,
  ): void {
    const { namespace, component, scale } = args;
    if ("autoscaling" in scale) {
      new k8s.autoscaling.v2.HorizontalPodAutoscaler(
        `${name}-hpa`,
        {
          metadata: namedAs(args, `${component}-hpa`),
          spec: hpaSpec(component, scale.autoscaling),
        },
        options,
      );
    }
    const minAvailable = pdbMinAvailable(args.minAvailable, scale);
    if (minAvailable === undefined) return;
    new k8s.policy.v1.PodDisruptionBudget(
      `${name}-pdb`,
      { metadata: { namespace, labels: objectLabels(args) }, spec: pdbSpec(args, minAvailable) },
      options,
    );
  }

  private createMonitor(name: string, args: FullArgs, opts: ChildBearingOptions | undefined): void {
    const { metrics, namespace } = args;
    if (metrics?.monitors === undefined) return;
    new k8s.apiextensions.CustomResource(
      `${name}-monitor`,
      {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "ServiceMonitor",
        metadata: { namespace, labels: objectLabels(args) },
        spec: serviceMonitorSpec(args, metrics.path),
      },
      childOptions(this, opts, metrics.monitors.ready),
    );
  }
}

function namedAs(args: FullArgs, name: string): k8s.types.input.meta.v1.ObjectMeta {
  return { namespace: args.namespace, name, labels: objectLabels(args) };
}

/** Everything wrong with the arguments that their types cannot say. */
export function checkWebService(args: FullArgs): Problem[] {
  const missing = Object.entries(args.env).flatMap(([name, value]) => {
    if (typeof value === "string" || value.source.keys.includes(value.key)) return [];
    const expected = `a key of ${value.source.kind} ${value.source.name}`;
    const remedy = `It has ${value.source.keys.join(", ")}.`;
    return [{ path: `env.${name}`, got: JSON.stringify(value.key), expected, remedy }];
  });
  return [
    ...checkImage(args.image, "relaxed", "image"),
    ...checkPort(args.port, 1024, "port"),
    ...checkPort(args.service.port, 1, "service.port"),
    ...checkResourceBounds(args.resources, "resources"),
    ...checkScale(args.scale, "scale"),
    ...checkCount(args.minAvailable, 1, "minAvailable"),
    ...checkWritablePaths(args.writablePaths, "writablePaths"),
    ...missing,
  ];
}

function checkPort(port: number, least: number, path: string): Problem[] {
  if (Number.isInteger(port) && port >= least && port <= 65535) return [];
  const remedy =
    least > 1 ? "Let the image listen on a port that needs no root." : "Choose another port.";
  return [{ path, got: String(port), expected: `a port from ${least} to 65535`, remedy }];
}

/** The Deployment's spec. With an HPA it has no `replicas`: the two would undo each other (D-86). */
export function deploymentSpec(args: FullArgs): k8s.types.input.apps.v1.DeploymentSpec {
  return {
    ...("replicas" in args.scale ? { replicas: args.scale.replicas } : {}),
    revisionHistoryLimit: 10,
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    selector: { matchLabels: selectorLabels(args) },
    template: podTemplate({
      identity: args,
      image: args.image,
      serviceAccountName: args.component,
      resources: args.resources,
      ports: { http: args.port },
      probes: httpProbes(args.healthPath, "http"),
      envFrom: args.envFrom,
      env: args.env,
      writablePaths: args.writablePaths,
    }),
  };
}

/** The spec of the Service and of its aliases. */
export function serviceSpec(args: FullArgs): k8s.types.input.core.v1.ServiceSpec {
  return {
    type: "ClusterIP",
    selector: selectorLabels(args),
    ports: [{ name: "http", port: args.service.port, targetPort: "http", protocol: "TCP" }],
  };
}
