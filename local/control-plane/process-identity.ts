import { execFileSync } from "node:child_process";
import fs from "node:fs";

/** A process, told from a later one that was given the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it began, in whatever form the machine gives; only ever compared. */
  readonly began: string;
}

function bootId(): string {
  return fs.readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}

function beganOnLinux(pid: number): string | undefined {
  let stat: string;
  try {
    stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
  // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state] = fields;
  // A zombie has ended; only its parent has not looked yet.
  return state === "Z" || state === "X" ? undefined : `${bootId()}/${fields[19] ?? ""}`;
}

function beganElsewhere(pid: number): string | undefined {
  try {
    const output = execFileSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
    return output === "" || output.startsWith("Z") ? undefined : output.replace(/^\S+\s+/, "");
  } catch {
    return undefined;
  }
}

/** When the process of that number began; undefined when there is none. */
export function began(pid: number): string | undefined {
  return fs.existsSync("/proc/self/stat") ? beganOnLinux(pid) : beganElsewhere(pid);
}

/** What identifies a process that runs now; undefined when it has ended. */
export function identify(pid: number): ProcessIdentity | undefined {
  const start = began(pid);
  return start === undefined ? undefined : { pid, began: start };
}

/** Whether that very process still runs. */
export function isAlive(identity: ProcessIdentity): boolean {
  return began(identity.pid) === identity.began;
}
