import type { ResourceBounds } from "../core/quantity.ts";
import type { BackupSource } from "./backup-source.ts";
import type { BackupStore } from "./backup-store.ts";
import type { VolumeSize } from "./claim.ts";
import type { PodOptions } from "./pod.ts";
import type { RestoreRequest } from "./restore-request.ts";
import { JOB_DEFAULTS } from "./scheduled-job.ts";

export interface BackupArgs extends Pick<
  PodOptions,
  "imagePullSecrets" | "priorityClassName" | "workloadIdentity"
> {
  readonly namespace: string;
  readonly system: string;
  /** The part of the system, and the name of CronJob and claim; at most 43 letters. */
  readonly component: string;
  readonly source: BackupSource;
  /** Size and class of the backups' own volume (E-34). */
  readonly volume: VolumeSize;
  /** Where backups are copied as well (K-33, D-91). @default nowhere */
  readonly store?: BackupStore | undefined;
  /** Five fields, in UTC; applies from the next run (E-34). @default "0 2 * * *" */
  readonly schedule?: string;
  /** Backups that are kept, in the store where there is one, else on the volume; at least 1 (E-34). @default 10 */
  readonly keep?: number;
  /** Backups that the volume keeps where there is a store; at least 1. @default 1 */
  readonly keepOnVolume?: number;
  /** Days after which a backup goes even if few are kept; 0 for never (D-91). @default 0 */
  readonly keepDays?: number;
  /** Of each container, one of which runs at a time. */
  readonly resources?: ResourceBounds;
  /** Seconds after which a run is killed, its retries included; at least 1 (E-34). @default 7200 */
  readonly deadlineSeconds?: number;
  /** How often a backup that failed is tried again (E-34). @default 2 */
  readonly retries?: number;
  /** Makes a Job that restores, once. @default no Job */
  readonly restore?: RestoreRequest | undefined;
  /** The engine refuses to delete the volume until this is false again. @default false */
  readonly protectData?: boolean;
  /** Deleting the block leaves the claim in the namespace; deleting the namespace does not. @default true */
  readonly retainOnDelete?: boolean;
  /** Makes no more backups and keeps those there are. @default false */
  readonly suspended?: boolean;
  /** As the platform gives it; public images are pulled through it. @default the public registries */
  readonly imageMirrorPrefix?: string | undefined;
}

export const BACKUP_DEFAULTS = {
  ...JOB_DEFAULTS,
  schedule: "0 2 * * *",
  keep: 10,
  keepOnVolume: 1,
  keepDays: 0,
  resources: {
    requests: { cpu: "100m", memory: "256Mi" },
    limits: { cpu: "1", memory: "1Gi" },
  },
  protectData: false,
  retainOnDelete: true,
  suspended: false,
} as const satisfies Partial<BackupArgs>;

export type FullBackupArgs = BackupArgs & Required<Pick<BackupArgs, keyof typeof BACKUP_DEFAULTS>>;
