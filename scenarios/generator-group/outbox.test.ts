import type { Message } from 'kafkajs';
import { expect, it } from 'vitest';
import { createOutbox, GIVE_UP_AFTER_MS } from './outbox.ts';

/** A broker that is away for so many requests; time goes on with each that is tried again. */
function broker(awayCount: number, stepMs = 1_000) {
  const taken: string[] = [];
  let triedCount = 0;
  let nowMs = 0;
  const outbox = createOutbox(
    async () => ({
      async send(records) {
        triedCount += 1;
        // What it took, and could not confirm any more.
        taken.push(...records.map(({ value }) => String(value)));
        if (triedCount <= awayCount) throw new Error('away');
      },
      close: async () => undefined,
    }),
    {
      nowMs: () => nowMs,
      again: async () => {
        nowMs += stepMs;
      },
    },
  );
  return { outbox, taken };
}

const record = (value: string): Message => ({ value });

it('sends again what was not confirmed, in its order', async () => {
  const { outbox, taken } = broker(2);
  outbox.put([record('a')]);
  outbox.put([record('b')]);
  await outbox.flushed();
  outbox.put([record('c')]);
  await outbox.flushed();
  // Whoever receives leaves out what came before.
  expect([...new Set(taken)]).toEqual(['a', 'b', 'c']);
  expect(taken.at(-1)).toBe('c');
});

it('gives up with the reason when the brokers stay away', async () => {
  const { outbox } = broker(Number.POSITIVE_INFINITY, GIVE_UP_AFTER_MS / 4);
  outbox.put([record('a')]);
  await expect(outbox.failed).rejects.toThrow(/Kafka took nothing for 60 s \(away\)/);
  await expect(outbox.flushed()).rejects.toThrow('needed: brokers that answer');
  await outbox.close();
});

it('sends no more at once than a broker takes', async () => {
  const sizes: number[] = [];
  const outbox = createOutbox(async () => ({
    send: async (records) => void sizes.push(records.length),
    close: async () => undefined,
  }));
  outbox.put(Array.from({ length: 4 }, () => record('x'.repeat(400_000))));
  await outbox.flushed();
  expect(sizes).toEqual([1, 1, 1, 1]);
});
