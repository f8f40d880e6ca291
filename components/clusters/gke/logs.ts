import { ProjectBucketConfig } from "@pulumi/gcp/logging/projectBucketConfig.js";
import { ProjectSink } from "@pulumi/gcp/logging/projectSink.js";
import type * as pulumi from "@pulumi/pulumi";
import type { GkeClusterArgs } from "../cloud-context.ts";
import type { GkePlace } from "./place.ts";

/**
 * What is kept for `logRetentionDays`: who changed what in the cluster and who was let in, what the
 * control plane says, and who talked to whom in the nodes' network.
 */
export function logFilter(
  { name, region }: Pick<GkeClusterArgs, "name" | "region">,
  nodesSubnet: string,
): string {
  const cluster =
    `(resource.type=("k8s_cluster" OR "k8s_control_plane_component" OR "gke_cluster")` +
    ` AND resource.labels.cluster_name="${name}" AND resource.labels.location="${region}")`;
  const flows = `(resource.type="gce_subnetwork" AND resource.labels.subnetwork_name="${nodesSubnet}")`;
  return `${cluster} OR ${flows}`;
}

/**
 * Makes a place for the logs, and has them sent there from the first one on: it is there before the
 * cluster. What pods write stays in the project's own place for the days that this has.
 */
export function clusterLogs({ name, args, names, child }: GkePlace): pulumi.Resource[] {
  const { project, region } = args;
  const bucket = new ProjectBucketConfig(
    `${name}-logs`,
    {
      project,
      location: region,
      bucketId: names.auditLogs,
      description: `Audit, control plane and flow logs of ${args.name}`,
      retentionDays: args.logRetentionDays,
    },
    child(),
  );
  const sink = new ProjectSink(
    `${name}-logs-sink`,
    {
      project,
      name: names.auditLogs,
      destination: `logging.googleapis.com/projects/${project}/locations/${region}/buckets/${names.auditLogs}`,
      filter: logFilter(args, names.nodesSubnet),
      uniqueWriterIdentity: true,
    },
    child({ dependsOn: [bucket] }),
  );
  return [bucket, sink];
}
