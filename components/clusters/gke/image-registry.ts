import { Repository } from "@pulumi/gcp/artifactregistry/repository.js";
import { RepositoryIamMember } from "@pulumi/gcp/artifactregistry/repositoryIamMember.js";
import type * as pulumi from "@pulumi/pulumi";
import { encryptionKey, type GkeKeys } from "./keys.ts";
import type { NodeAccount } from "./node-account.ts";
import type { GkePlace } from "./place.ts";
import { serviceIdentity } from "./service-agents.ts";

/** Days after which images without a tag are deleted. */
const UNTAGGED_DAYS = 30;

/** Makes a registry from which the nodes may pull. Who pushes gets a role by hand: no password opens it. */
export function imageRegistry(
  place: GkePlace,
  { ring }: GkeKeys,
  { account }: NodeAccount,
): { readonly registry: Repository; readonly access: pulumi.Resource } {
  const { name, args, names, child, keeping } = place;
  const { project, region } = args;
  const agent = serviceIdentity(`${name}-registry-agent`, "artifactregistry", project, child());
  const { key, access: usesKey } = encryptionKey(place, ring, "images", agent.member);
  const registry = new Repository(
    `${name}-registry`,
    {
      project,
      location: region,
      repositoryId: names.registry,
      description: `Images of ${args.name}`,
      format: "DOCKER",
      kmsKeyName: key.id,
      vulnerabilityScanningConfig: { enablementConfig: "INHERITED" },
      cleanupPolicies: [
        {
          id: "old-and-untagged",
          action: "DELETE",
          condition: { tagState: "UNTAGGED", olderThan: `${UNTAGGED_DAYS * 24 * 60 * 60}s` },
        },
      ],
    },
    keeping({ dependsOn: [usesKey] }),
  );
  const access = new RepositoryIamMember(
    `${name}-nodes-pull-images`,
    {
      project,
      location: region,
      repository: registry.name,
      role: "roles/artifactregistry.reader",
      member: account.member,
    },
    child(),
  );
  return { registry, access };
}
