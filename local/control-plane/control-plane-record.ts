import fs from "node:fs";
import { isAlive, type ProcessIdentity } from "./process-identity.ts";
import type { StateLayout } from "./state-layout.ts";

/** A process that was started, in the order of starting. */
export interface RecordedProcess extends ProcessIdentity {
  readonly name: string;
}

/** What is known of a control plane that was started. */
export interface ControlPlaneRecord {
  /** `starting` stands there until it is ready, so that a start that was killed is told from success. */
  readonly phase: "starting" | "running";
  readonly server: string;
  /** The folder with the logs of this start. */
  readonly logs: string;
  readonly processes: readonly RecordedProcess[];
}

/** The record, or undefined where nothing was started or the file is no record. */
export function readRecord(layout: StateLayout): ControlPlaneRecord | undefined {
  try {
    return JSON.parse(fs.readFileSync(layout.record, "utf8")) as ControlPlaneRecord;
  } catch {
    return undefined;
  }
}

/** Writes the record whole or not at all. */
export function writeRecord(layout: StateLayout, record: ControlPlaneRecord): void {
  const temporary = `${layout.record}.${process.pid}`;
  fs.writeFileSync(temporary, `${JSON.stringify(record, undefined, 2)}\n`);
  fs.renameSync(temporary, layout.record);
}

/** What a record is worth now: which of its processes still run. */
export type Condition =
  | { readonly is: "absent" }
  | { readonly is: "running"; readonly record: ControlPlaneRecord }
  | {
      /** It was killed while starting, or some or all of it has ended since. */
      readonly is: "broken";
      readonly record: ControlPlaneRecord;
      readonly alive: readonly RecordedProcess[];
      readonly dead: readonly RecordedProcess[];
    };

/** Judges a record by which processes are alive. */
export function conditionOf(
  record: ControlPlaneRecord | undefined,
  alive: (process: ProcessIdentity) => boolean = isAlive,
): Condition {
  if (record === undefined) return { is: "absent" };
  const dead = record.processes.filter((process) => !alive(process));
  if (record.phase === "running" && dead.length === 0) return { is: "running", record };
  return { is: "broken", record, alive: record.processes.filter((one) => alive(one)), dead };
}
