// Gathers single items for a few milliseconds and sends them as one batch, one batch at a time: kafkajs has no linger of
// its own, and an idempotent producer may have one request under way. Knows nothing of Kafka, so that it can be tested.

/**
 * What became of an item. `not-sent`: it surely has not happened, because the queue was full or its time was over before
 * a batch took it. `unknown`: it was sent, but no confirmation came; it may have happened.
 */
export type Gathered = { kind: 'sent' } | { kind: 'not-sent' } | { kind: 'unknown'; cause: Error };

export type Gatherer<T> = {
  /** Hands an item over; never rejects. */
  submit(item: T): Promise<Gathered>;
  /** Sends what waits and resolves when nothing is under way. Items submitted later are not sent. */
  close(): Promise<void>;
};

type Waiting<T> = { item: T; state: 'queued' | 'in-flight' | 'settled'; settle: (result: Gathered) => void };

export type GatherOptions<T> = {
  /** Makes ready to send, e.g. connects; items still count as not sent meanwhile, and when it rejects. */
  prepare: () => Promise<void>;
  /** Sends a batch; rejects when it is not certain that all of it arrived. */
  send: (items: T[]) => Promise<void>;
  /** How long the first item of a batch waits for others, in ms. */
  gatherMs: number;
  batchMax: number;
  /** Items that may wait or be under way. */
  queueMax: number;
  /** After this long an item is answered, sent or not, in ms. */
  timeoutMs: number;
};

/** Makes a gatherer; batches follow each other without overlap, in the order of submission. */
export function createGatherer<T>(options: GatherOptions<T>): Gatherer<T> {
  let queue: Waiting<T>[] = [];
  let openCount = 0;
  let gathering: NodeJS.Timeout | undefined;
  let sending: Promise<void> | undefined;
  let closed = false;

  function enqueue(item: T, answer: (result: Gathered) => void): void {
    const waiting: Waiting<T> = {
      item,
      state: 'queued',
      settle(result) {
        if (waiting.state === 'settled') return;
        waiting.state = 'settled';
        clearTimeout(timer);
        openCount--;
        answer(result);
      },
    };
    const timer = setTimeout(() => {
      const cause = new Error(`no confirmation within ${options.timeoutMs} ms`);
      waiting.settle(waiting.state === 'queued' ? { kind: 'not-sent' } : { kind: 'unknown', cause });
    }, options.timeoutMs);
    openCount++;
    queue.push(waiting);
  }

  function schedule(): void {
    if (sending || queue.length === 0) return;
    if (queue.length >= options.batchMax || closed) flush();
    else gathering ??= setTimeout(flush, options.gatherMs);
  }

  function flush(): void {
    clearTimeout(gathering);
    gathering = undefined;
    if (sending || queue.length === 0) return;
    sending = sendNext().finally(() => {
      sending = undefined;
      schedule();
    });
  }

  async function sendNext(): Promise<void> {
    try {
      await options.prepare();
    } catch {
      for (const waiting of queue.splice(0)) waiting.settle({ kind: 'not-sent' });
      return;
    }
    // Items whose time is over have been answered "not sent" and must not be sent after that.
    queue = queue.filter((waiting) => waiting.state === 'queued');
    const batch = queue.splice(0, options.batchMax);
    if (batch.length === 0) return;
    for (const waiting of batch) waiting.state = 'in-flight';
    try {
      await options.send(batch.map(({ item }) => item));
      for (const waiting of batch) waiting.settle({ kind: 'sent' });
    } catch (error) {
      const cause = error instanceof Error ? error : new Error(String(error));
      for (const waiting of batch) waiting.settle({ kind: 'unknown', cause });
    }
  }

  return {
    submit(item) {
      if (closed || openCount >= options.queueMax) return Promise.resolve({ kind: 'not-sent' });
      return new Promise((resolve) => {
        enqueue(item, resolve);
        schedule();
      });
    },
    async close() {
      closed = true;
      flush();
      while (sending) await sending;
    },
  };
}
