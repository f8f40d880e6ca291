import { FileSystem } from "@pulumi/aws/efs/fileSystem.js";
import { MountTarget } from "@pulumi/aws/efs/mountTarget.js";
import type * as pulumi from "@pulumi/pulumi";
import type { EksKeys } from "./keys.ts";
import type { EksNetwork } from "./network.ts";
import type { EksPlace } from "./place.ts";
import { allowIn, securityGroup, type EksSecurityGroups } from "./security-groups.ts";

const NFS = 2049;

/** Files that several pods mount at once. */
export interface SharedFiles {
  readonly fileSystem: FileSystem;
  /** Doors in each zone, without which no node mounts anything. */
  readonly ready: readonly pulumi.Resource[];
}

export function sharedFiles(
  place: EksPlace,
  network: EksNetwork,
  groups: EksSecurityGroups,
  keys: EksKeys,
): SharedFiles {
  const { name, args, child, keeping } = place;
  const fileSystem = new FileSystem(
    `${name}-files`,
    {
      encrypted: true,
      kmsKeyId: keys.data.arn,
      throughputMode: "elastic",
      tags: { Name: args.name },
    },
    keeping(),
  );
  const group = securityGroup(place, network, "files", {
    description: `Shared files of ${args.name}`,
  });
  const rule = allowIn(place, "files-from-nodes", {
    to: group,
    from: { group: groups.nodes },
    port: NFS,
  });
  const targets = [...network.subnets.data].map(
    ([zone, subnet]) =>
      new MountTarget(
        `${name}-files-${zone}`,
        { fileSystemId: fileSystem.id, subnetId: subnet.id, securityGroups: [group.id] },
        child(),
      ),
  );
  return { fileSystem, ready: [rule, ...targets] };
}
