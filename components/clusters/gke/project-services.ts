import { Service } from "@pulumi/gcp/projects/service.js";
import type * as pulumi from "@pulumi/pulumi";
import type { GkeClusterArgs } from "../cloud-context.ts";

/** The parts of Google Cloud that every cluster of ours uses. */
const ALWAYS = [
  "binaryauthorization",
  "cloudkms",
  "cloudresourcemanager",
  "compute",
  "container",
  "containersecurity",
  "dns",
  "iam",
  "logging",
  "monitoring",
  "pubsub",
  "secretmanager",
  "servicenetworking",
  "sqladmin",
  "storage",
] as const;

/** The parts that have to be switched on in the project. */
export function wantedServices({
  registry,
  storage,
}: Pick<GkeClusterArgs, "registry" | "storage">): string[] {
  return [
    ...ALWAYS,
    ...(registry ? ["artifactregistry"] : []),
    ...(storage.rwx ? ["file"] : []),
  ].toSorted();
}

/**
 * Switches them on. They stay on when the stack goes: something else in the project may use them, and
 * what is not used costs nothing.
 */
export function projectServices(
  name: string,
  args: GkeClusterArgs,
  options: pulumi.CustomResourceOptions,
): Service[] {
  return wantedServices(args).map(
    (service) =>
      new Service(
        `${name}-service-${service}`,
        {
          project: args.project,
          service: `${service}.googleapis.com`,
          disableOnDestroy: false,
          disableDependentServices: false,
        },
        options,
      ),
  );
}
