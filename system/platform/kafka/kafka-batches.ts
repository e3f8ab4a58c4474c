// What a consumer does with a batch of messages when something fails: isolate the message that is itself at fault, wait
// for the mending of everything else, never lose one. Knows nothing of kafkajs, so that it can be tested.

/** A message after the boundary: understood, or not (then it goes to the dead letters as it came). */
export type Understood<M, T> =
  | { kind: 'valid'; message: M; item: T }
  | { kind: 'invalid'; message: M; error: Error };

export type BatchHandling<M, T> = {
  /** Handles items in order, all or none. */
  handle: (items: T[]) => Promise<void>;
  /** Puts a message that will never be handled aside; resolves when it is safely stored. */
  setAside: (message: M, error: Error) => Promise<void>;
  /** Whether an error of `handle` is the fault of what a message holds, whatever the state of the services. */
  isMessageFault: (error: unknown) => boolean;
  /** Waits, keeping the consumer alive; false when the consumer is to stop. */
  wait: (durationMs: number) => Promise<boolean>;
  /** An attempt failed by a fault of a message; after three of them the batch is taken apart. */
  onMessageFault: (error: unknown, attempt: number) => void;
  /** An attempt failed for any other cause: there is another one after a wait, until it succeeds. */
  onOutage: (error: unknown) => void;
};

// A lost race can look like a fault of the message (a key that was just taken), and is none the next time.
const ATTEMPTS = 3;
const FIRST_WAIT_MS = 100;
const MAX_WAIT_MS = 5_000;

/**
 * Handles a batch. After three faults of a message the items are handled one by one, and the ones that are at fault
 * alone are set aside; any other failure is tried again without end. Returns true when every message is handled or set aside, so that the
 * offset may move on; false when the consumer is to stop before that.
 */
export async function handleBatch<M, T>(
  batch: readonly Understood<M, T>[],
  handling: BatchHandling<M, T>,
): Promise<boolean> {
  const valid: { message: M; item: T }[] = [];
  for (const entry of batch) {
    if (entry.kind === 'valid') valid.push(entry);
    else if (!(await setAsideSafely(entry.message, entry.error, handling))) return false;
  }
  return valid.length === 0 || handleOrIsolate(valid, handling);
}

async function handleOrIsolate<M, T>(
  entries: readonly { message: M; item: T }[],
  handling: BatchHandling<M, T>,
): Promise<boolean> {
  let failures = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      await handling.handle(entries.map(({ item }) => item));
      return true;
    } catch (error) {
      if (handling.isMessageFault(error)) {
        failures++;
        handling.onMessageFault(error, attempt);
      } else handling.onOutage(error);
      if (failures === ATTEMPTS) return isolate(entries, error, handling);
      if (!(await handling.wait(waitMs(attempt)))) return false;
    }
  }
}

async function isolate<M, T>(
  entries: readonly { message: M; item: T }[],
  error: unknown,
  handling: BatchHandling<M, T>,
): Promise<boolean> {
  const [first] = entries;
  if (first && entries.length === 1) return setAsideSafely(first.message, asError(error), handling);
  for (const entry of entries) if (!(await handleOrIsolate([entry], handling))) return false;
  return true;
}

// A message that cannot be set aside must not be skipped either: that would lose it.
async function setAsideSafely<M, T>(
  message: M,
  error: Error,
  handling: BatchHandling<M, T>,
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      await handling.setAside(message, error);
      return true;
    } catch (failure) {
      handling.onOutage(failure);
      if (!(await handling.wait(waitMs(attempt)))) return false;
    }
  }
}

function waitMs(attempt: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** Math.min(attempt - 1, 10), MAX_WAIT_MS);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
