// Lets go of work that takes no signal of its own.

/**
 * Settles as `work` does, but rejects with the signal's reason as soon as it is aborted. What becomes of the work then is
 * nobody's business any more: whoever waits ends the programs and connections that it runs on.
 */
export async function unlessStopped<T>(stop: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(stop.reason);
  stop.addEventListener('abort', onAbort, { once: true });
  if (stop.aborted) onAbort();
  work.catch(() => undefined);
  try {
    return await Promise.race([stopped, work]);
  } finally {
    stop.removeEventListener('abort', onAbort);
  }
}
