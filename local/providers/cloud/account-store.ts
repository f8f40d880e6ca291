import fs from "node:fs";
import path from "node:path";
import { createHash } from "node:crypto";
import { withLock } from "../../control-plane/lock.ts";
import { LocalError } from "../../local-error.ts";
import type { Cloud, ServedApi } from "../../../plan/recording/cloud-outputs/index.ts";
import { recordKey, type CloudRecord } from "./cloud-record.ts";

const PATIENCE_MILLISECONDS = 30_000;
const RETRY_MILLISECONDS = 5;

/**
 * What exists in one cloud of an account: a file for each resource, written whole or not at all. Any
 * number of plugins may work on one account; what has to be seen as one step is done in
 * {@link AccountStore.exclusively}.
 */
export class AccountStore {
  readonly cloud: Cloud;
  /** The account's folder, that of all clouds. */
  readonly account: string;
  readonly folder: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(account: string, cloud: Cloud) {
    this.cloud = cloud;
    this.account = account;
    this.folder = path.join(account, cloud);
    fs.mkdirSync(this.folder, { recursive: true, mode: 0o700 });
  }

  /** All there is, without the names that are only reserved; in an order that does not change. */
  records(): CloudRecord[] {
    return this.#all().filter(({ reserved }) => reserved !== true);
  }

  /** Names that are not free although nothing has them. */
  reserved(): CloudRecord[] {
    return this.#all().filter(({ reserved }) => reserved === true);
  }

  find(type: string, id: string): CloudRecord | undefined {
    const record = this.#read(this.fileOf({ type, id }));
    return record?.reserved === true ? undefined : record;
  }

  put(record: CloudRecord): void {
    const file = this.fileOf(record);
    const written = `${file}.${process.pid}`;
    fs.writeFileSync(written, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
    fs.renameSync(written, file);
  }

  remove(record: Pick<CloudRecord, "type" | "id">): void {
    fs.rmSync(this.fileOf(record), { force: true });
  }

  /** Notes that a resource is there now; of a cluster, where it is reached. */
  finish(record: CloudRecord, served: ServedApi | undefined): Promise<CloudRecord> {
    return this.exclusively(() => {
      const made = { ...record, ...(served === undefined ? {} : { served }) };
      delete made.creating;
      this.put(made);
      return made;
    });
  }

  /** Where a resource is kept. */
  fileOf(record: Pick<CloudRecord, "type" | "id">): string {
    const kind = record.type.slice(record.type.lastIndexOf(":") + 1);
    const digits = createHash("sha256").update(recordKey(record)).digest("hex").slice(0, 16);
    return path.join(this.folder, `${kind}-${digits}.json`);
  }

  /** Does work that nobody else may come between, in this process or another. */
  exclusively<T>(work: () => T): Promise<T> {
    const turn = this.#last.then(() => this.#locked(work));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #locked<T>(work: () => T): Promise<T> {
    const lock = path.join(this.folder, "lock");
    const end = Date.now() + PATIENCE_MILLISECONDS;
    for (;;) {
      const outcome = await this.#attempt(lock, work);
      if (outcome !== undefined) return outcome.result;
      if (Date.now() > end) throw new LocalError(`Another plugin does not let go of ${lock}.`);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
    }
  }

  /** What came of the work; undefined when somebody else holds the lock, and nothing was done. */
  async #attempt<T>(lock: string, work: () => T): Promise<{ result: T } | undefined> {
    const done: { result: T }[] = [];
    const failed: { error: unknown }[] = [];
    try {
      await withLock(lock, "changing an account", () => {
        try {
          done.push({ result: work() });
        } catch (error) {
          failed.push({ error });
        }
        return Promise.resolve();
      });
    } catch (error) {
      if (!(error instanceof LocalError)) throw error;
    }
    if (failed[0] !== undefined) throw failed[0].error;
    return done[0];
  }

  #all(): CloudRecord[] {
    return fs
      .readdirSync(this.folder)
      .filter((name) => name.endsWith(".json"))
      .toSorted()
      .flatMap((name) => this.#read(path.join(this.folder, name)) ?? []);
  }

  #read(file: string): CloudRecord | undefined {
    try {
      return JSON.parse(fs.readFileSync(file, "utf8")) as CloudRecord;
    } catch (error) {
      // Another plugin may have deleted it since.
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  }
}
