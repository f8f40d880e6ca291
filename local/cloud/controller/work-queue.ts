import { setTimeout as delay } from "node:timers/promises";

const RETRY_MILLISECONDS = 1000;

/**
 * Works on keys, each at one time in one place and always after the last time that it was added. Work
 * that fails is done again after a while.
 */
export class WorkQueue {
  readonly #work: (key: string) => Promise<void>;
  readonly #report: (text: string) => void;
  /** What went wrong last, so that it is said once however often it happens. */
  readonly #said = new Map<string, string>();
  /** Keys under way; true where one was added again meanwhile. */
  readonly #running = new Map<string, boolean>();

  constructor(
    work: (key: string) => Promise<void>,
    report: (text: string) => void = (text) => void process.stderr.write(`${text}\n`),
  ) {
    this.#work = work;
    this.#report = report;
  }

  add(key: string): void {
    if (this.#running.has(key)) {
      this.#running.set(key, true);
      return;
    }
    void this.#run(key);
  }

  async #run(key: string): Promise<void> {
    do {
      this.#running.set(key, false);
      try {
        await this.#work(key);
        this.#said.delete(key);
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        if (this.#said.get(key) !== text) this.#report(`${key}: ${text}`);
        this.#said.set(key, text);
        await delay(RETRY_MILLISECONDS);
        this.#running.set(key, true);
      }
    } while (this.#running.get(key) === true);
    this.#running.delete(key);
  }
}
