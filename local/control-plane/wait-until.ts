import { setTimeout as delay } from "node:timers/promises";

/**
 * Asks again and again until the answer is not undefined. `expired` makes the error of giving up.
 * Rejects at once when `signal` is aborted.
 */
export async function waitUntil<T>(
  ask: () => Promise<T | undefined> | T | undefined,
  expired: () => Error,
  options: { readonly seconds: number; readonly signal?: AbortSignal | undefined },
): Promise<T> {
  const end = performance.now() + options.seconds * 1000;
  for (;;) {
    options.signal?.throwIfAborted();
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw expired();
    await delay(50);
  }
}
