import type { LaunchTemplateArgs } from "@pulumi/aws/ec2/launchTemplate.js";
import type * as pulumi from "@pulumi/pulumi";
import type { CloudNodePoolSettings } from "../settings.ts";
import { PODS_PER_NODE } from "./address-plan.ts";
import { clusterTags } from "./place.ts";

/** Where Bottlerocket has its system, which is read-only, and everything else. */
const SYSTEM_DEVICE = "/dev/xvda";
const DATA_DEVICE = "/dev/xvdb";

/** `m7g.large`: a g behind the generation says that the processor is AWS's own. */
const isArm = (machineType: string): boolean => /^[a-z]+\d+[a-z]*g[a-z]*\./.test(machineType);

/** Bottlerocket: nothing but what runs containers, read-only, no shell, no SSH, SELinux enforcing. */
export function imageType(machineType: string): string {
  return isArm(machineType) ? "BOTTLEROCKET_ARM_64" : "BOTTLEROCKET_x86_64";
}

/** Settings of Bottlerocket, in its own language; EKS adds what a node needs to join. */
const userData = (): string =>
  Buffer.from(`[settings.kubernetes]\nmax-pods = ${PODS_PER_NODE}\n`).toString("base64");

/**
 * What a node of a pool is made of. A change makes a new version of the template, and EKS replaces the
 * nodes one after another. IMDS answers with a session's token alone and no further than the node
 * itself, so no pod can act as the node.
 */
export function launchTemplateArgs(
  settings: { readonly name: string },
  { name, machineType, diskGb }: CloudNodePoolSettings,
  keyArn: pulumi.Input<string>,
): LaunchTemplateArgs {
  const disk = {
    volumeType: "gp3",
    encrypted: "true",
    kmsKeyId: keyArn,
    deleteOnTermination: "true",
  };
  const tags = { ...clusterTags(settings), Name: `${settings.name}-${name}` };
  return {
    instanceType: machineType,
    metadataOptions: {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
      instanceMetadataTags: "disabled",
    },
    blockDeviceMappings: [
      { deviceName: SYSTEM_DEVICE, ebs: disk },
      { deviceName: DATA_DEVICE, ebs: { ...disk, volumeSize: diskGb } },
    ],
    monitoring: { enabled: true },
    userData: userData(),
    updateDefaultVersion: true,
    // EC2 hands the tags of a template on to nothing that is made from it.
    tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
      resourceType,
      tags,
    })),
  };
}
