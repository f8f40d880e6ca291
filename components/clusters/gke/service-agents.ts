import { ServiceIdentity } from "@pulumi/gcp/projects/serviceIdentity.js";
import { getProjectServiceAccountOutput } from "@pulumi/gcp/storage/getProjectServiceAccount.js";
import type * as pulumi from "@pulumi/pulumi";

/**
 * The accounts by which parts of Google Cloud act in the project, as members of a policy: each has to be
 * let use our keys before it can encrypt with them.
 */
export interface ServiceAgents {
  /** Number of the project; all these accounts, and the identities of pods, are named by it. */
  readonly projectNumber: pulumi.Output<string>;
  /** GKE itself. */
  readonly containers: pulumi.Output<string>;
  /** Whoever makes disks. */
  readonly compute: pulumi.Output<string>;
  readonly storage: pulumi.Output<string>;
}

/** The number in the address of an agent. */
export function projectNumberOf(agent: string): string {
  const found = /^service-(\d+)@/.exec(agent)?.[1];
  if (found !== undefined) return found;
  throw new Error(
    `The account of Cloud Storage in the project is called ${agent}, which holds no project number. ` +
      "Projects whose id has a domain in front are not supported; use another project.",
  );
}

/**
 * Who they are. Cloud Storage has no account in a project until somebody asks for its name, so it is
 * asked; the others follow from the project's number, which is part of the answer.
 */
export function serviceAgents(project: string, options: pulumi.InvokeOutputOptions): ServiceAgents {
  const asked = getProjectServiceAccountOutput({ project }, options);
  const projectNumber = asked.emailAddress.apply(projectNumberOf);
  const agent = (service: string) =>
    projectNumber.apply(
      (number) => `serviceAccount:service-${number}@${service}.iam.gserviceaccount.com`,
    );
  return {
    projectNumber,
    containers: agent("container-engine-robot"),
    compute: agent("compute-system"),
    storage: asked.emailAddress.apply((email) => `serviceAccount:${email}`),
  };
}

/** Has a part of Google Cloud made its account in the project now, and not with its first resource. */
export function serviceIdentity(
  logicalName: string,
  service: "artifactregistry" | "file" | "secretmanager" | "sqladmin",
  project: string,
  options: pulumi.CustomResourceOptions,
): ServiceIdentity {
  return new ServiceIdentity(
    logicalName,
    { project, service: `${service}.googleapis.com` },
    options,
  );
}
