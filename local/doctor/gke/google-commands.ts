import type { GkeSettings } from "../../../components/clusters/settings.ts";
import type { CommandLine } from "../command-runner.ts";

const gcloud = (...args: readonly string[]): CommandLine => ({ file: "gcloud", args });

/** Everything that gcloud is asked. All of it only looks. */
export function googleCommands({ project, region, name }: GkeSettings) {
  return {
    accounts: gcloud("auth", "list", "--filter=status:ACTIVE", "--format=json"),
    config: gcloud("config", "list", "--format=json"),
    /** Prints a token, which is thrown away: that it can be printed is the answer. */
    applicationDefault: {
      ...gcloud("auth", "application-default", "print-access-token"),
      discardsOutput: true,
    },
    project: gcloud("projects", "describe", project, "--format=json"),
    services: gcloud(
      "services",
      "list",
      "--enabled",
      `--project=${project}`,
      "--format=value(config.name)",
    ),
    zones: gcloud(
      "compute",
      "zones",
      "list",
      `--filter=region:${region}`,
      `--project=${project}`,
      "--format=json(name,status)",
    ),
    region: gcloud(
      "compute",
      "regions",
      "describe",
      region,
      `--project=${project}`,
      "--format=json(quotas)",
    ),
    projectQuotas: gcloud(
      "compute",
      "project-info",
      "describe",
      `--project=${project}`,
      "--format=json(quotas)",
    ),
    cluster: gcloud(
      "container",
      "clusters",
      "describe",
      name,
      `--region=${region}`,
      `--project=${project}`,
      "--format=json",
    ),
    plugin: { file: "gke-gcloud-auth-plugin", args: [] },
  } as const satisfies Record<string, CommandLine>;
}

export type GoogleCommands = ReturnType<typeof googleCommands>;
