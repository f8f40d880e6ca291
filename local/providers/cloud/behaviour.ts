import fs from "node:fs";
import path from "node:path";
import type { Cloud } from "../../../plan/recording/cloud-outputs/index.ts";
import { CloudError } from "./cloud-error.ts";
import type { AccountStore } from "./account-store.ts";

/** A creation that is to fail, for tests. */
export interface PlannedFailure {
  readonly type: string;
  /** Which creation of the type from now on, counted from 1. */
  readonly create: number;
  /** What the cloud says; that a quota is used up unless given. */
  readonly message?: string;
}

/** How an account behaves otherwise than at once and without fault; the file `behaviour-CLOUD.json` in it. */
export interface Behaviour {
  readonly failures?: readonly PlannedFailure[];
  /** Milliseconds that each operation on a type takes, `*` for all others. @default 0 */
  readonly latency?: Readonly<Record<string, number>>;
}

// One for each cloud: the plugins of two do not wait for each other.
const fileOf = (account: string, cloud: Cloud) => path.join(account, `behaviour-${cloud}.json`);

export function readBehaviour(account: string, cloud: Cloud): Behaviour {
  try {
    return JSON.parse(fs.readFileSync(fileOf(account, cloud), "utf8")) as Behaviour;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
}

export function writeBehaviour(account: string, cloud: Cloud, behaviour: Behaviour): void {
  const file = fileOf(account, cloud);
  fs.mkdirSync(account, { recursive: true, mode: 0o700 });
  fs.writeFileSync(`${file}.${process.pid}`, JSON.stringify(behaviour, null, 2));
  fs.renameSync(`${file}.${process.pid}`, file);
}

/**
 * Counts a creation, and refuses it where the account is to. A failure happens once and is then taken
 * out of the file, so that the next run goes on. Called while nobody else works on the account.
 */
export function failAsPlanned({ account, cloud }: AccountStore, type: string): void {
  const behaviour = readBehaviour(account, cloud);
  const { failures = [] } = behaviour;
  if (!failures.some((failure) => failure.type === type)) return;
  const counted = failures.map((failure) =>
    failure.type === type ? { ...failure, create: failure.create - 1 } : failure,
  );
  const due = counted.find(({ create }) => create <= 0);
  writeBehaviour(account, cloud, {
    ...behaviour,
    failures: counted.filter((failure) => failure !== due),
  });
  if (due === undefined) return;
  const message = due.message ?? `the quota for ${type} is used up in this region. Ask for more.`;
  throw new CloudError(cloud, "quota", message);
}

/** Takes as long as an operation on a type is said to. */
export async function takeTime({ account, cloud }: AccountStore, type: string): Promise<void> {
  const { latency = {} } = readBehaviour(account, cloud);
  const milliseconds = latency[type] ?? latency["*"] ?? 0;
  if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
