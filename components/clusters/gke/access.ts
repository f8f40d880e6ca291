import { IAMMember } from "@pulumi/gcp/projects/iammember.js";
import type * as pulumi from "@pulumi/pulumi";
import type { GkePlace } from "./place.ts";
import { principals } from "./principals.ts";

/**
 * Roles in the project, which GKE asks about everything that is done in a cluster. Looking does not
 * include Secrets.
 */
export const ACCESS_ROLES = {
  admin: "roles/container.admin",
  viewer: "roles/container.viewer",
} as const;

/**
 * Lets deployer, admins and viewers into the cluster. A role takes minutes until all of Google knows it,
 * so it is granted before the cluster: making that takes longer. One member at a time: whoever else has
 * the role keeps it.
 */
export function clusterAccess({ name, args, child }: GkePlace): pulumi.Resource[] {
  const { admins, viewers } = principals(args);
  const grant = (right: keyof typeof ACCESS_ROLES) => (member: string) =>
    new IAMMember(
      `${name}-${right}-${member}`,
      { project: args.project, role: ACCESS_ROLES[right], member },
      child(),
    );
  return [...admins.map(grant("admin")), ...viewers.map(grant("viewer"))];
}
