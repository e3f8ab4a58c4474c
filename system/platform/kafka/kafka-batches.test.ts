import { describe, expect, it } from 'vitest';
import { type BatchHandling, handleBatch, type Understood } from './kafka-batches.ts';

class Poison extends Error {}

const valid = (name: string): Understood<string, string> => ({ kind: 'valid', message: name, item: name });

/** Handling that records what happens; `fail` says what an attempt on some items ends with. */
function handlingThat(
  fail: (items: string[], attempt: number) => Error | undefined,
  changes: Partial<BatchHandling<string, string>> = {},
) {
  const handled: string[][] = [];
  const setAside: [string, string][] = [];
  let attempts = 0;
  const handling: BatchHandling<string, string> = {
    async handle(items) {
      const error = fail(items, ++attempts);
      if (error) throw error;
      handled.push(items);
    },
    setAside: async (message, error) => {
      setAside.push([message, error.message]);
    },
    isMessageFault: (error) => error instanceof Poison,
    wait: async () => true,
    onMessageFault: () => undefined,
    onOutage: () => undefined,
    ...changes,
  };
  return { handling, handled, setAside, attemptCount: () => attempts };
}

describe('a batch of messages', () => {
  it('is handled as a whole', async () => {
    const { handling, handled } = handlingThat(() => undefined);
    expect(await handleBatch([valid('a'), valid('b')], handling)).toBe(true);
    expect(handled).toEqual([['a', 'b']]);
  });

  it('loses a message that cannot be understood to the dead letters and is handled without it', async () => {
    const { handling, handled, setAside } = handlingThat(() => undefined);
    const invalid = { kind: 'invalid', message: 'b', error: new Error('not JSON') } as const;
    expect(await handleBatch([valid('a'), invalid, valid('c')], handling)).toBe(true);
    expect(handled).toEqual([['a', 'c']]);
    expect(setAside).toEqual([['b', 'not JSON']]);
  });

  it('is tried without end for whatever is not the fault of a message', async () => {
    const { handling, handled, setAside } = handlingThat((_, attempt) =>
      attempt <= 50 ? new Error('away') : undefined,
    );
    expect(await handleBatch([valid('a')], handling)).toBe(true);
    expect(handled).toEqual([['a']]);
    expect(setAside).toEqual([]);
  });

  it('is taken apart after three faults of a message, and only the message at fault is set aside', async () => {
    const { handling, handled, setAside, attemptCount } = handlingThat((items) =>
      items.includes('b') ? new Poison('b is broken') : undefined,
    );
    expect(await handleBatch([valid('a'), valid('b'), valid('c')], handling)).toBe(true);
    expect(handled).toEqual([['a'], ['c']]);
    expect(setAside).toEqual([['b', 'b is broken']]);
    expect(attemptCount()).toBe(3 + 1 + 3 + 1);
  });

  it('is left where it is when the consumer is to stop during an outage', async () => {
    const { handling, setAside } = handlingThat(() => new Error('away'), { wait: async () => false });
    expect(await handleBatch([valid('a')], handling)).toBe(false);
    expect(setAside).toEqual([]);
  });

  it('does not skip a message that could not be set aside', async () => {
    let tries = 0;
    const { handling } = handlingThat(() => new Poison('broken'), {
      setAside: async () => {
        if (++tries < 4) throw new Error('no broker');
      },
    });
    expect(await handleBatch([valid('a')], handling)).toBe(true);
    expect(tries).toBe(4);
  });
});
