import fs from "node:fs";
import path from "node:path";
import { LocalError } from "../local-error.ts";
import { shown } from "../repository.ts";
import { identify, isAlive, type ProcessIdentity } from "./process-identity.ts";

interface Owner extends ProcessIdentity {
  readonly doing: string;
}

function readOwner(file: string): Owner | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as Owner;
  } catch {
    return undefined;
  }
}

/** Creates the lock whole or not at all: a link either takes the name or finds it taken. */
function take(file: string, owner: Owner): boolean {
  const mine = `${file}.${process.pid}`;
  fs.writeFileSync(mine, JSON.stringify(owner));
  try {
    fs.linkSync(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    fs.rmSync(mine);
  }
}

/** Takes away a lock whose owner has ended, unless somebody else was quicker and holds it now. */
function breakStale(file: string, stale: Owner | undefined): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return;
  }
  const taken = readOwner(aside);
  if (taken?.pid !== stale?.pid || taken?.began !== stale?.began) fs.renameSync(aside, file);
  else fs.rmSync(aside);
}

/**
 * Holds a lock while `work` runs. A lock left behind by a process that was killed is taken over.
 * Throws when another process that still runs holds it.
 */
export async function withLock<T>(file: string, doing: string, work: () => Promise<T>): Promise<T> {
  const me = identify(process.pid);
  if (me === undefined) throw new Error("this process cannot find itself");
  fs.mkdirSync(path.dirname(file), { recursive: true });
  for (let attempt = 0; !take(file, { ...me, doing }); attempt++) {
    const owner = readOwner(file);
    if (attempt >= 3 || (owner !== undefined && isAlive(owner))) {
      throw new LocalError(
        `Another process (${owner?.pid ?? "unknown"}) is at work in ${shown(path.dirname(file))}: ` +
          `${owner?.doing ?? "unknown"}. Wait for it to end, or stop it with Ctrl-C.`,
      );
    }
    breakStale(file, owner);
  }
  try {
    return await work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}
