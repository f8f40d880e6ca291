/**
 * Runs work whose failures do not all reach its promise: a registration that fails inside the SDK ends
 * as a rejection that nobody handles, where `pulumi up` ends the process. Rejects with the work's own
 * error, else with the first of those, even when the work would then wait for ever.
 */
export async function collectRejections<T>(work: () => Promise<T>): Promise<T> {
  const others = process.listeners("unhandledRejection");
  const first = Promise.withResolvers<never>();
  // Whoever wins the race below, the other's rejection is no matter of the process.
  first.promise.catch(() => undefined);
  const collect = (reason: unknown) => {
    // The work's own error, when there is one, comes in the same turns and says more.
    void settled().then(() => {
      first.reject(reason);
    });
  };
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", collect);
  try {
    const result = await Promise.race([work(), first.promise]);
    await Promise.race([settled(), first.promise]);
    await Promise.race([settled(), first.promise]);
    return result;
  } catch (error) {
    // The rest of the failed program settles before anyone else's listener is back to mistake it.
    await settled();
    throw error;
  } finally {
    process.off("unhandledRejection", collect);
    for (const listener of others) process.on("unhandledRejection", listener);
  }
}

/** Node reports unhandled rejections when the microtasks are done; two turns let chains of them end. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
