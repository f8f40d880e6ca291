import * as pulumi from "@pulumi/pulumi";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { refuse } from "../core/invalid-args.ts";
import { withDefaults } from "../core/with-defaults.ts";
import { createFiles } from "./config-files.ts";
import { GeneratedSecrets } from "./generated-secrets.ts";
import { plainArgs } from "../core/plain-args.ts";
import {
  OPERATED_DEFAULTS,
  POSTGRES_DEFAULTS,
  POSTGRES_PORTS,
  type FullManagedArgs,
  type FullOperatedArgs,
  type FullStatefulArgs,
  type PostgresAccess,
  type PostgresArgs,
} from "./postgres-args.ts";
import { postgresFiles, postgresParameters } from "./postgres-files.ts";
import { postgresExporter } from "./postgres-exporter.ts";
import { checkManagedPostgres, connectionEntries, managedAccess } from "./postgres-managed.ts";
import {
  checkOperatedPostgres,
  createOperated,
  operatedAccess,
  operatedUri,
} from "./postgres-operated.ts";
import { checkPostgresServer, postgresService } from "./postgres-server.ts";
import { StatefulService } from "./stateful-service.ts";
import { WebService } from "./web-service.ts";

/**
 * A PostgreSQL with an exporter (K-15, D-59). In mode statefulset one server with its volume and a
 * Service, whose password and extensions follow the stack at every start; in mode managed the Secret
 * `<component>-connection` by which clients find the cloud's; in mode cnpg an operator's Cluster, which
 * takes over from a lost server by itself and may keep an archive. Who may call it is said in Connections.
 */
export class Postgres extends pulumi.ComponentResource {
  /** What clients are given. */
  readonly access: PostgresAccess;

  constructor(name: string, args: PostgresArgs, opts?: ChildBearingOptions) {
    super("slipway:workloads:Postgres", name, plainArgs(args), opts);
    this.access = this.create(name, args, opts);
    const { database, port, user } = this.access;
    this.registerOutputs({ database, port, user });
  }

  private create(name: string, args: PostgresArgs, opts: ChildBearingOptions | undefined) {
    switch (args.mode) {
      case "statefulset":
        return this.createServer(name, withDefaults(POSTGRES_DEFAULTS, args), opts);
      case "managed":
        return this.describeManaged(name, withDefaults({ component: "postgres" }, args), opts);
      case "cnpg":
        return this.createOperated(name, withDefaults(OPERATED_DEFAULTS, args), opts);
    }
  }

  private createServer(
    name: string,
    args: FullStatefulArgs,
    opts: ChildBearingOptions | undefined,
  ): PostgresAccess {
    refuse(checkPostgresServer(args), this);
    const files = createFiles(
      name,
      args,
      `${args.component}-files`,
      postgresFiles(postgresParameters(args.resources, args.parameters), args.extensions),
      childOptions(this, opts),
    );
    new StatefulService(`${name}-server`, postgresService(args, files), this.inside(opts));
    const { serviceName: host, database, user, password } = args;
    return { host, port: POSTGRES_PORTS.postgres, database, user, password, env: {}, mounts: [] };
  }

  private describeManaged(
    name: string,
    args: FullManagedArgs,
    opts: ChildBearingOptions | undefined,
  ): PostgresAccess {
    refuse(checkManagedPostgres(args), this);
    const { namespace, system, component, server, secretBackend } = args;
    const options = this.inside(opts, server.ready);
    const { source } = new GeneratedSecrets(
      `${name}-connection`,
      {
        namespace,
        system,
        secretName: `${component}-connection`,
        entries: connectionEntries(args),
        ...(secretBackend === undefined ? {} : { backend: secretBackend }),
      },
      options,
    );
    const access = managedAccess(args, source);
    const exporter = postgresExporter(args, { source, key: "exporter-uri" }, access);
    new WebService(`${name}-exporter`, exporter, options);
    return access;
  }

  private createOperated(
    name: string,
    args: FullOperatedArgs,
    opts: ChildBearingOptions | undefined,
  ): PostgresAccess {
    refuse(checkOperatedPostgres(args), this);
    const cluster = createOperated(name, args, (after = []) => this.inside(opts, after));
    const access = operatedAccess(args);
    const exporter = postgresExporter(args, operatedUri(args), access);
    new WebService(`${name}-exporter`, exporter, this.inside(opts, [cluster]));
    return access;
  }

  private inside(opts: ChildBearingOptions | undefined, after: readonly pulumi.Resource[] = []) {
    return { parent: this, dependsOn: [...(opts?.dependsOn ?? []), ...after] };
  }
}
