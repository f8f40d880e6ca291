import * as pulumi from "@pulumi/pulumi";
import { childOptions, type ChildBearingOptions } from "../core/child-options.ts";
import { refuse } from "../core/invalid-args.ts";
import { withDefaults } from "../core/with-defaults.ts";
import { createFiles } from "./config-files.ts";
import { GeneratedSecrets } from "./generated-secrets.ts";
import { plainArgs } from "../core/plain-args.ts";
import {
  POSTGRES_DEFAULTS,
  POSTGRES_PORTS,
  type FullManagedArgs,
  type FullStatefulArgs,
  type PostgresAccess,
  type PostgresArgs,
} from "./postgres-args.ts";
import { postgresFiles, postgresParameters } from "./postgres-files.ts";
import {
  checkManagedPostgres,
  connectionEntries,
  managedAccess,
  managedExporter,
} from "./postgres-managed.ts";
import { checkPostgresServer, postgresService } from "./postgres-server.ts";
import { StatefulService } from "./stateful-service.ts";
import { WebService } from "./web-service.ts";

/**
 * A PostgreSQL with an exporter (K-15, D-59). In mode statefulset one server with its volume and a
 * Service, whose password and extensions follow the stack at every start; in mode managed the Secret
 * `<component>-connection` by which clients find the cloud's. Who may call it is said in Connections.
 */
export class Postgres extends pulumi.ComponentResource {
  /** What clients are given. */
  readonly access: PostgresAccess;

  constructor(name: string, args: PostgresArgs, opts?: ChildBearingOptions) {
    super("slipway:workloads:Postgres", name, plainArgs(args), opts);
    this.access =
      args.mode === "managed"
        ? this.describeManaged(name, withDefaults({ component: "postgres" }, args), opts)
        : this.createServer(name, withDefaults(POSTGRES_DEFAULTS, args), opts);
    const { database, port, user } = this.access;
    this.registerOutputs({ database, port, user });
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
    const { namespace, system, component, server } = args;
    const options = this.inside(opts, server.ready);
    const { source } = new GeneratedSecrets(
      `${name}-connection`,
      {
        namespace,
        system,
        secretName: `${component}-connection`,
        entries: connectionEntries(args),
      },
      options,
    );
    const access = managedAccess(args, source);
    new WebService(`${name}-exporter`, managedExporter(args, source, access), options);
    return access;
  }

  private inside(opts: ChildBearingOptions | undefined, after: readonly pulumi.Resource[] = []) {
    return { parent: this, dependsOn: [...(opts?.dependsOn ?? []), ...after] };
  }
}
