// Gathers single items for a few milliseconds and sends them as one batch, one batch at a time, because brokers and databases take a
// batch at the cost of an item. Knows nothing of what it sends, or to whom.

/**
 * What became of an item. `not-sent`: it surely has not happened, because the queue was full or its time was over before
 * a batch took it. `unknown`: it was sent, but no confirmation came; it may have happened.
 */
export type Gathered<R = void> =
  | { kind: 'sent'; result: R }
  | { kind: 'not-sent' }
  | { kind: 'unknown'; cause: Error };

export type Gatherer<T, R = void> = {
  /** Hands an item over; never rejects. */
  submit(item: T): Promise<Gathered<R>>;
  /** Sends what waits and resolves when nothing is under way. Items submitted later are not sent. */
  close(): Promise<void>;
};

type Waiting<T, R> = {
  item: T;
  state: 'queued' | 'in-flight' | 'settled';
  settle: (result: Gathered<R>) => void;
};

export type GatherOptions<T, R = void> = {
  /** Makes ready to send, e.g. connects; items still count as not sent meanwhile, and when it rejects. */
  prepare: () => Promise<void>;
  /** Sends a batch and gives each item's result; rejects when it is not certain that all of it arrived. */
  send: (items: T[]) => Promise<readonly R[]>;
  /** How long an item waits for others, in ms. What came during a longer send is sent right after it. */
  gatherMs: number;
  batchMax: number;
  /** Items that may wait or be under way. */
  queueMax: number;
  /** After this long an item is answered, sent or not, in ms. */
  timeoutMs: number;
};

/** Makes a gatherer; batches follow each other without overlap, in the order of submission. */
export function createGatherer<T, R = void>(options: GatherOptions<T, R>): Gatherer<T, R> {
  const queue: Waiting<T, R>[] = [];
  let openCount = 0;
  let gathering: NodeJS.Timeout | undefined;
  let isDue = false;
  let sending: Promise<void> | undefined;
  let closed = false;

  function enqueue(item: T, answer: (result: Gathered<R>) => void): void {
    const waiting: Waiting<T, R> = {
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
      dropAnswered();
    }, options.timeoutMs);
    openCount++;
    queue.push(waiting);
  }

  // Items whose time is over have been answered "not sent": they must not be sent after that, nor kept. All have the
  // same time, so they stand at the head.
  function dropAnswered(): void {
    while (queue[0]?.state === 'settled') queue.shift();
  }

  function schedule(): void {
    if (isDue || closed || queue.length >= options.batchMax) flush();
    else if (queue.length > 0) {
      gathering ??= setTimeout(() => {
        gathering = undefined;
        isDue = true;
        flush();
      }, options.gatherMs);
    }
  }

  // Where a batch is under way, the next one follows at its end.
  function flush(): void {
    if (sending || queue.length === 0) return;
    clearTimeout(gathering);
    gathering = undefined;
    isDue = false;
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
    const batch = queue.splice(0, options.batchMax);
    // What a full batch left behind has waited long enough.
    isDue = queue.length > 0;
    if (batch.length === 0) return;
    for (const waiting of batch) waiting.state = 'in-flight';
    try {
      const results = await options.send(batch.map(({ item }) => item));
      for (const [index, waiting] of batch.entries())
        waiting.settle({ kind: 'sent', result: results[index] as R });
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
