import { mirroredImage } from "../core/image.ts";
import type { FullBackupArgs } from "./backup-args.ts";
import { toolsOf, type SourceTools } from "./backup-source.ts";
import { storeEnv } from "./backup-store.ts";
import type { ConfigSource } from "./config-source.ts";
import type { ContainerArgs, ContainerOptions } from "./container.ts";
import type { RestoreRequest } from "./restore-request.ts";
import type { JobArgs, ScheduledJobArgs } from "./scheduled-job.ts";
import { PUBLIC_IMAGES } from "./public-images.ts";
import type { Mount } from "./volume.ts";

/** Where the containers see the scripts and the backups. */
const PATHS = { scripts: "/scripts", backups: "/backup" } as const;

type Step = ContainerOptions & Pick<ContainerArgs, "image">;

/** The CronJob: dumps, and where there is a store, ships then. */
export function backupJob(args: FullBackupArgs, scripts: ConfigSource): ScheduledJobArgs {
  const tools = toolsOf(args.source, args.imageMirrorPrefix);
  const { keep, keepOnVolume, store } = args;
  const dump: Step = {
    image: tools.image,
    command: script(tools.backupScript),
    env: {
      ...folderEnv(args),
      ...retention(args, store === undefined ? keep : keepOnVolume),
      ...tools.env,
    },
    mounts: [...mounts(args, scripts), ...tools.mounts],
  };
  const steps = store === undefined ? [dump] : [dump, shipping(args, scripts, tools)];
  return {
    ...sharedOf(args, tools),
    ...inOrder(args, steps, ["dump", "ship"]),
    // A new volume goes where the server's is, so that one pod can mount both for a restore.
    ...(args.source.kind === "redis" ? { sameZoneAs: args.source.part } : {}),
    schedule: args.schedule,
    deadlineSeconds: args.deadlineSeconds,
    retries: args.retries,
    suspended: args.suspended,
  };
}

/** The Job of one request: fetches where there is a store, then restores. */
export function restoreJob(
  args: FullBackupArgs,
  request: RestoreRequest,
  scripts: ConfigSource,
): JobArgs & { readonly deadlineSeconds: number; readonly retries: number } {
  const tools = toolsOf(args.source, args.imageMirrorPrefix);
  const restore: Step = {
    image: tools.image,
    command: script(tools.restoreScript, request.file),
    env: {
      ...folderEnv(args),
      RESTORE_ID: request.requestedAt,
      ...tools.env,
      ...tools.restoreEnv,
    },
    mounts: [...mounts(args, scripts), ...tools.mounts, ...tools.restoreMounts],
  };
  const fetch = ["fetch-backup.sh", request.file, tools.ending] as const;
  const steps =
    args.store === undefined ? [restore] : [rclone(args, scripts, script(...fetch)), restore];
  return {
    ...sharedOf(args, tools),
    ...inOrder(args, steps, ["fetch", "restore"]),
    deadlineSeconds: args.deadlineSeconds,
    // Whatever was wrong the first time is so the second: a person has to look.
    retries: 0,
  };
}

function shipping(args: FullBackupArgs, scripts: ConfigSource, tools: SourceTools): Step {
  const step = rclone(args, scripts, script("ship-backup.sh", tools.ending));
  return { ...step, env: { ...step.env, ...retention(args, args.keep) } };
}

function rclone(args: FullBackupArgs, scripts: ConfigSource, command: string[]): Step {
  const { store } = args;
  return {
    image: mirroredImage(PUBLIC_IMAGES.rclone, args.imageMirrorPrefix),
    command,
    env: { ...folderEnv(args), ...(store === undefined ? {} : storeEnv(store)) },
    ...(store?.credentials === undefined ? {} : { envFrom: [store.credentials] }),
    mounts: mounts(args, scripts),
  };
}

/** The last step as the main container, those before as containers of the start. */
function inOrder(
  args: FullBackupArgs,
  steps: readonly Step[],
  names: readonly string[],
): Step & Pick<JobArgs, "initContainers" | "resources"> {
  const [first, second] = steps as [Step, Step | undefined];
  const { resources } = args;
  if (second === undefined) return { ...first, resources };
  return {
    ...second,
    resources,
    initContainers: [{ ...first, name: names[0] ?? "first", resources }],
  };
}

function sharedOf(args: FullBackupArgs, { userId }: SourceTools) {
  const { namespace, system, component } = args;
  const { imagePullSecrets, priorityClassName, workloadIdentity } = args;
  return {
    namespace,
    system,
    component,
    ...(userId === undefined ? {} : { userId }),
    ...(imagePullSecrets === undefined ? {} : { imagePullSecrets }),
    ...(priorityClassName === undefined ? {} : { priorityClassName }),
    ...(workloadIdentity === undefined ? {} : { workloadIdentity }),
  };
}

function script(file: string, ...args: readonly string[]): string[] {
  return ["sh", `${PATHS.scripts}/${file}`, ...args];
}

function mounts(args: FullBackupArgs, scripts: ConfigSource): Mount[] {
  return [
    { path: PATHS.backups, from: { claim: args.component } },
    { path: PATHS.scripts, from: { source: scripts } },
  ];
}

/** Files are named after the system, as a guide's own backups are (K-33). */
function folderEnv(args: FullBackupArgs): Record<string, string> {
  return { BACKUP_DIR: PATHS.backups, BACKUP_NAME: args.system };
}

function retention(args: FullBackupArgs, keep: number): Record<string, string> {
  return { KEEP_COUNT: String(keep), KEEP_DAYS: String(args.keepDays) };
}
