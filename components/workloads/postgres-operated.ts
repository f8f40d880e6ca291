import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { objectLabels } from "../core/labels.ts";
import { checkImage } from "../core/image.ts";
import { underPath, type Problem } from "../core/problem.ts";
import { checkCount } from "./availability.ts";
import { checkVolume } from "./claim.ts";
import { checkPassword, EXPORTER_RESOURCES } from "./data-store.ts";
import type { WorkloadSize } from "./namespace-quota.ts";
import {
  ARCHIVER_RESOURCES,
  archiveScheduleSpec,
  archiveSpec,
  checkArchive,
} from "./postgres-archive.ts";
import { POSTGRES_PORTS, type FullOperatedArgs, type PostgresAccess } from "./postgres-args.ts";
import { checkPostgresParameters } from "./postgres-files.ts";
import { clusterAnnotations, clusterSpec, operatedNames } from "./postgres-operated-spec.ts";
import { checkExtensions, checkSqlName } from "./postgres-server.ts";
import { SCRAPE_INTERVAL } from "./service-monitor.ts";

/** Everything wrong with the arguments that their types cannot say. */
export function checkOperatedPostgres(args: FullOperatedArgs): Problem[] {
  return [
    ...(args.image === undefined ? [] : checkImage(args.image, "relaxed", "image")),
    ...checkSqlName(args.database, "database"),
    ...checkSqlName(args.user, "user"),
    ...checkExtensions(args.extensions),
    ...checkPostgresParameters(args.parameters, "parameters"),
    ...checkCount(args.instances, 1, "instances"),
    ...checkVolume(args.volume, "volume"),
    ...checkPassword(args.password),
    ...(args.archive === undefined ? [] : underPath("archive", checkArchive(args.archive))),
  ];
}

/** What clients are given: the same Service, user and key as in mode statefulset, and encrypted. */
export function operatedAccess(args: FullOperatedArgs): PostgresAccess {
  const { serviceName: host, database, user, password } = args;
  // A certificate of the operator's own, which nobody outside of it can check.
  const env = { PGSSLMODE: "require" };
  return { host, port: POSTGRES_PORTS.postgres, database, user, password, env, mounts: [] };
}

/** The connection of the exporter, without user and password. */
export const operatedUri = ({ serviceName, database }: FullOperatedArgs): string =>
  `${serviceName}:${POSTGRES_PORTS.postgres}/${database}?sslmode=require`;

/**
 * The Cluster with its credentials, its archive and the monitor of its servers. `inside` makes the
 * options of a child that comes after others.
 */
export function createOperated(
  name: string,
  args: FullOperatedArgs,
  inside: (after?: readonly pulumi.Resource[]) => pulumi.CustomResourceOptions,
): k8s.apiextensions.CustomResource {
  const { namespace, system, component, operator, workloadIdentity, suspended = false } = args;
  const names = operatedNames(component);
  const labels = objectLabels({ system, component });
  const credentials = new k8s.core.v1.Secret(
    `${name}-credentials`,
    {
      metadata: {
        name: names.credentials,
        namespace,
        // The operator takes over a new password when the Secret has it.
        labels: { ...labels, "cnpg.io/reload": "true" },
      },
      type: "kubernetes.io/basic-auth",
      data: { username: encoded(args.user), password: args.passwordValue.apply(encoded) },
    },
    inside(),
  );
  const archive =
    args.archive === undefined
      ? []
      : [
          new k8s.apiextensions.CustomResource(
            `${name}-archive`,
            {
              apiVersion: "barmancloud.cnpg.io/v1",
              kind: "ObjectStore",
              metadata: { name: names.archive, namespace, labels },
              spec: archiveSpec(args.archive),
            },
            inside(operator.ready),
          ),
        ];
  const cluster = new k8s.apiextensions.CustomResource(
    `${name}-cluster`,
    {
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "Cluster",
      metadata: { name: component, namespace, labels, annotations: clusterAnnotations(args) },
      spec: clusterSpec(args),
    },
    {
      ...inside([...operator.ready, ...(workloadIdentity?.ready ?? []), credentials, ...archive]),
      // The volumes go with it.
      protect: args.protectData ?? false,
      // Each server starts after the one before it, and copies its data.
      customTimeouts: { create: "30m", update: "30m" },
    },
  );
  if (args.archive !== undefined) {
    new k8s.apiextensions.CustomResource(
      `${name}-archive-schedule`,
      {
        apiVersion: "postgresql.cnpg.io/v1",
        kind: "ScheduledBackup",
        metadata: { name: names.archive, namespace, labels },
        spec: archiveScheduleSpec(component, args.archive, suspended),
      },
      inside([...operator.ready, cluster]),
    );
  }
  if (args.monitors !== undefined) {
    new k8s.apiextensions.CustomResource(
      `${name}-pod-monitor`,
      {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "PodMonitor",
        metadata: { namespace, labels },
        spec: {
          selector: { matchLabels: { "cnpg.io/cluster": component } },
          podMetricsEndpoints: [{ port: "metrics", interval: SCRAPE_INTERVAL }],
        },
      },
      inside(args.monitors.ready),
    );
  }
  return cluster;
}

function encoded(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** What so many servers ask of the namespace's quota; one more starts while one is replaced. */
export function operatedSize(
  args: Pick<FullOperatedArgs, "resources" | "volume">,
  instances: number,
): WorkloadSize[] {
  return [
    {
      resources: args.resources,
      sidecars: [ARCHIVER_RESOURCES],
      maxReplicas: instances,
      claims: Array.from({ length: instances }, () => args.volume.size),
    },
    { resources: EXPORTER_RESOURCES, maxReplicas: 1 },
  ];
}
