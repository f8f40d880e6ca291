import * as pulumi from "@pulumi/pulumi";
import type { Guard } from "../../components/core/guard.ts";
import { refuse } from "../../components/core/invalid-args.ts";
import type { PlatformCapabilities } from "../../components/core/platform-capabilities.ts";
import {
  AppConfig,
  Connections,
  GeneratedSecrets,
  plainArgs,
  Route,
  routeUrl,
  SystemNamespace,
  WebService,
  type ChildBearingOptions,
  type ConfigSource,
} from "../../components/workloads/index.ts";
import { checkKaizenStudio } from "./check.ts";
import type { GivenSecrets } from "./life.ts";
import { backendEnv, configData, secretEntries } from "./environment.ts";
import { checkExposure, connections, routePaths, routeTls } from "./exposure.ts";
import { CONTAINER_PORTS, NAMES, SERVICE_PORTS, SYSTEM } from "./names.ts";
import type { KaizenStudioSecrets, KaizenStudioSettings } from "./settings.ts";
import { CONTAINER_RANGE, QUOTA_FLOORS, workloadSizes } from "./sizes.ts";

export interface KaizenStudioArgs {
  readonly settings: KaizenStudioSettings;
  readonly secrets: KaizenStudioSecrets;
  readonly guard: Guard;
  readonly capabilities: PlatformCapabilities;
}

/**
 * Kaizen Studio: a backend that scales with its load and a frontend of static files, behind one host
 * (K-01). Its PostgreSQL and Redis are not built yet; see docs/requirements/kaizen-studio.md.
 */
export class KaizenStudio extends pulumi.ComponentResource {
  /** Where people find it; undefined when suspended, and where the platform lets no HTTP in. */
  readonly url: string | undefined;

  constructor(name: string, args: KaizenStudioArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:systems:KaizenStudio", name, plainArgs(args), opts);
    const { settings, guard, capabilities } = args;
    const given = Object.keys(args.secrets) as GivenSecrets;
    refuse(
      [
        ...checkKaizenStudio(settings, guard, given),
        ...checkExposure(settings, guard, capabilities),
      ],
      this,
    );
    const home = this.createNamespace(name, args);
    const options = { parent: this, dependsOn: [home] };
    const tls = routeTls(settings, capabilities);
    const url = routeUrl({ host: settings.host, ...tls });

    const config = new AppConfig(
      `${name}-config`,
      { ...place(settings), configMapName: NAMES.configMap, data: configData(settings, url) },
      options,
    );
    const secrets = new GeneratedSecrets(
      `${name}-secrets`,
      {
        ...place(settings),
        secretName: NAMES.secret,
        entries: secretEntries(settings, args.secrets),
      },
      options,
    );
    const runs = settings.state === "running";
    if (runs) {
      new Connections(
        `${name}-connections`,
        { ...place(settings), allowed: connections(capabilities) },
        options,
      );
      this.createBackend(name, args, config.source, secrets.source, options);
      this.createFrontend(name, settings, options);
      this.createRoute(name, args, options);
    }
    this.url = runs && capabilities.ingress !== undefined ? url : undefined;
    this.registerOutputs({ namespace: settings.namespace, url: this.url });
  }

  private createNamespace(name: string, { settings, capabilities }: KaizenStudioArgs) {
    return new SystemNamespace(
      `${name}-namespace`,
      {
        ...place(settings),
        podSecurity: capabilities.podSecurity,
        dns: capabilities.networkPeers.dns,
        quotaFloors: QUOTA_FLOORS,
        containers: CONTAINER_RANGE,
        workloads: workloadSizes(settings),
      },
      { parent: this },
    );
  }

  private createBackend(
    name: string,
    { settings, capabilities }: KaizenStudioArgs,
    config: ConfigSource,
    secrets: ConfigSource,
    options: ChildBearingOptions,
  ): void {
    const { image, resources, hpa } = settings.backend;
    new WebService(
      `${name}-${NAMES.backend}`,
      {
        ...place(settings),
        component: NAMES.backend,
        image,
        resources,
        port: CONTAINER_PORTS.backend,
        service: { name: NAMES.backendService, port: SERVICE_PORTS.backend },
        healthPath: "/health",
        scale: { autoscaling: hpa },
        minAvailable: 2,
        envFrom: [config],
        env: backendEnv(settings, secrets),
        ...podOverrides(settings, settings.backend),
        metrics: { path: "/metrics", monitors: capabilities.monitors },
      },
      options,
    );
  }

  private createFrontend(
    name: string,
    settings: KaizenStudioSettings,
    options: ChildBearingOptions,
  ): void {
    const { image, resources, replicas } = settings.frontend;
    new WebService(
      `${name}-${NAMES.frontend}`,
      {
        ...place(settings),
        component: NAMES.frontend,
        image,
        resources,
        port: CONTAINER_PORTS.frontend,
        service: {
          name: NAMES.frontendService,
          port: SERVICE_PORTS.frontend,
          aliases: [NAMES.webService],
        },
        healthPath: "/",
        scale: { replicas },
        env: settings.frontend.extraEnv,
        ...podOverrides(settings, settings.frontend),
        // What nginx writes even when it serves files only: bodies, its pid.
        writablePaths: ["/var/cache/nginx", "/var/run"],
      },
      options,
    );
  }

  private createRoute(
    name: string,
    { settings, guard, capabilities }: KaizenStudioArgs,
    options: ChildBearingOptions,
  ): void {
    const { ingress, networkPeers } = capabilities;
    if (ingress === undefined) return;
    const controller = networkPeers.ingressController;
    new Route(
      `${name}-route`,
      {
        ...place(settings),
        ingressName: NAMES.ingress,
        host: settings.host,
        paths: routePaths(guard),
        ingress,
        ...routeTls(settings, capabilities),
        ...(controller === undefined ? {} : { controller }),
      },
      options,
    );
  }
}

function place({ namespace }: KaizenStudioSettings) {
  return { namespace, system: SYSTEM };
}

/** What a stack may say of the pods of each part. */
function podOverrides(
  { imagePullSecrets }: KaizenStudioSettings,
  { restartedAt }: { readonly restartedAt?: string },
) {
  return { imagePullSecrets, ...(restartedAt === undefined ? {} : { restartedAt }) };
}
