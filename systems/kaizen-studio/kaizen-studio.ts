import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../../components/core/invalid-args.ts";
import {
  AppConfig,
  Connections,
  GeneratedSecrets,
  plainArgs,
  Route,
  routeUrl,
  serverImage,
  SystemNamespace,
  WebService,
  type ChildBearingOptions,
} from "../../components/workloads/index.ts";
import type { KaizenStudioArgs } from "./args.ts";
import { createBackend, createMigration } from "./backend.ts";
import { createBackups } from "./backups.ts";
import { checkDatabase, checkExposure, checkKaizenStudio } from "./check.ts";
import { checkSecrets } from "./check-secrets.ts";
import type { GivenSecrets } from "./life.ts";
import { configData, secretEntries } from "./environment.ts";
import { createDataStores, isKept, type DataStores } from "./data-stores.ts";
import { connections, routeArgs, routeTls } from "./exposure.ts";
import { createMonitoring } from "./monitoring.ts";
import { CONTAINER_PORTS, NAMES, place, SERVICE_PORTS } from "./names.ts";
import { podOverrides } from "./overrides.ts";
import { CONTAINER_RANGE, QUOTA_FLOORS, workloadSizes } from "./sizes.ts";

/**
 * Kaizen Studio: a backend that scales with its load and a frontend of static files, behind one host
 * (K-01), with its own PostgreSQL and Redis.
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
        ...checkDatabase(settings, {
          runsPostgres: args.managedPostgres !== undefined,
          operatesPostgres: capabilities.postgresOperator !== undefined,
        }),
        ...checkSecrets(
          settings,
          capabilities.secretBackend.kind,
          // Always there: config stands in for it until somebody supplies one.
          given.filter((secret) => secret !== "azureClientSecret"),
        ),
        ...checkExposure(settings, guard, {
          letsHttpIn: capabilities.ingress !== undefined,
          issuesCertificates: capabilities.issuers !== undefined,
        }),
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
        backend: capabilities.secretBackend,
        sealed: settings.sealedSecrets[NAMES.secret] ?? {},
        protectData: isKept(args),
      },
      options,
    );
    const stores = createDataStores(name, args, secrets, options);
    const runs = settings.state === "running";
    const edges = runs ? [this.createConnections(name, args, stores, options)] : [];
    const backups = createBackups(
      name,
      args,
      { secrets: secrets.source, ...stores },
      {
        parent: this,
        dependsOn: {
          postgres: [home, ...edges, stores.postgres],
          redis: [home, ...edges, stores.redis],
        },
      },
    );
    if (runs) {
      const sources = {
        config: config.source,
        secrets: secrets.source,
        database: stores.postgres.access,
      };
      const migration = createMigration(name, args, sources, {
        parent: this,
        // What was asked to be restored is there before it is migrated.
        dependsOn: [home, ...edges, stores.postgres, backups.postgres],
      });
      createBackend(name, args, sources, [migration, stores.redis], options);
      this.createFrontend(name, args, options);
      const route = routeArgs(settings, guard, capabilities);
      if (route !== undefined) new Route(`${name}-route`, route, options);
      createMonitoring(name, args, options);
    }
    this.url = runs && capabilities.ingress !== undefined ? url : undefined;
    this.registerOutputs({ namespace: settings.namespace, url: this.url });
  }

  private createNamespace(name: string, args: KaizenStudioArgs) {
    const { settings, capabilities } = args;
    return new SystemNamespace(
      `${name}-namespace`,
      {
        ...place(settings),
        podSecurity: capabilities.podSecurity,
        dns: capabilities.networkPeers.dns,
        quotaFloors: QUOTA_FLOORS,
        containers: CONTAINER_RANGE,
        workloads: workloadSizes(settings, args.guard),
      },
      { parent: this },
    );
  }

  private createConnections(
    name: string,
    { settings, capabilities }: KaizenStudioArgs,
    { databaseAddresses }: DataStores,
    options: ChildBearingOptions,
  ): pulumi.Resource {
    const allowed = connections(settings, capabilities, databaseAddresses);
    return new Connections(`${name}-connections`, { ...place(settings), allowed }, options);
  }

  private createFrontend(
    name: string,
    { settings, capabilities }: KaizenStudioArgs,
    options: ChildBearingOptions,
  ): void {
    const { image, resources, replicas } = settings.frontend;
    new WebService(
      `${name}-${NAMES.frontend}`,
      {
        ...place(settings),
        component: NAMES.frontend,
        ...serverImage(image, CONTAINER_PORTS.frontend, capabilities.imageMirrorPrefix),
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
}
