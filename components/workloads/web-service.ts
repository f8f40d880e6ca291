import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { refuse } from "../core/invalid-args.ts";
import type { PlatformCapabilities } from "../core/platform-capabilities.ts";
import type { Problem } from "../core/problem.ts";
import { withDefaults } from "../core/with-defaults.ts";
import {
  checkRolling,
  createDeployment,
  namedAs,
  ROLLING_DEFAULTS,
  type FullRollingArgs,
  type RollingArgs,
} from "./deployment.ts";
import { plainArgs } from "../core/plain-args.ts";
import { probes } from "./probes.ts";
import { createServiceMonitor } from "./service-monitor.ts";
import { checkPort, serviceSpec, waitingFor } from "./service.ts";

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

export interface WebServiceArgs extends RollingArgs {
  /** The port that the container listens on, 1024 to 65535 since it is not root. */
  readonly port: number;
  readonly service: ServiceArgs;
  /** Answered with 2xx by a healthy container; all three probes ask for it (D-84). */
  readonly healthPath: string;
  /** @default nothing is scraped */
  readonly metrics?: MetricsArgs;
}

export const WEB_SERVICE_DEFAULTS = ROLLING_DEFAULTS;

type FullArgs = WebServiceArgs & FullRollingArgs;

/**
 * An HTTP application: Deployment, Service, ServiceAccount without token, and where they make sense an
 * HPA, a PodDisruptionBudget and a ServiceMonitor. Who may call it is said in Connections.
 */
export class WebService extends pulumi.ComponentResource {
  constructor(name: string, args: WebServiceArgs, opts?: ChildBearingOptions) {
    super("slipway:workloads:WebService", name, plainArgs(args), opts);
    const full: FullArgs = withDefaults(WEB_SERVICE_DEFAULTS, args);
    refuse(checkWebService(full), this);
    const pod = {
      ports: { http: full.port },
      probes: probes({ http: full.healthPath, port: "http" }),
    };
    createDeployment(this, name, full, pod, opts);
    this.createServices(name, full, childOptions(this, opts));
    if (full.metrics !== undefined) {
      const { namespace, system, component, metrics } = full;
      createServiceMonitor(
        this,
        name,
        { namespace, system, component, port: "http", ...metrics },
        opts,
      );
    }
    this.registerOutputs({ serviceName: full.service.name });
  }

  private createServices(
    name: string,
    args: FullArgs,
    options: pulumi.CustomResourceOptions,
  ): void {
    const { namespace, service } = args;
    const wait = waitingFor(args.suspended);
    const spec = serviceSpec(args, [{ name: "http", port: service.port }]);
    new k8s.core.v1.Service(
      `${name}-service`,
      { metadata: { ...namedAs(args, service.name), ...wait }, spec },
      options,
    );
    // An alias has no component label: a monitor that found both would count every request twice.
    const labels = { "app.kubernetes.io/name": args.system };
    for (const alias of service.aliases ?? []) {
      new k8s.core.v1.Service(
        `${name}-service-${alias}`,
        { metadata: { namespace, name: alias, labels, ...wait }, spec },
        options,
      );
    }
  }
}

/** Everything wrong with the arguments that their types cannot say. */
export function checkWebService(args: FullArgs): Problem[] {
  return [
    ...checkRolling(args),
    ...checkPort(args.port, 1024, "port"),
    ...checkPort(args.service.port, 1, "service.port"),
  ];
}
