import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createGatherer, type GatherOptions } from './gather.ts';

describe('a gatherer', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** A gatherer whose sends are answered by the test, one after the other. */
  function gathererWithSends(changes: Partial<GatherOptions<number, string>> = {}) {
    const sends: { items: number[]; succeed: () => void; fail: (error: Error) => void }[] = [];
    const gatherer = createGatherer<number, string>({
      gatherMs: 2,
      batchMax: 3,
      queueMax: 5,
      timeoutMs: 1_000,
      prepare: async () => undefined,
      send: (items) =>
        new Promise((resolve, fail) => {
          sends.push({ items, succeed: () => resolve(items.map((item) => `result ${item}`)), fail });
        }),
      ...changes,
    });
    return { gatherer, sends };
  }

  it('sends what came within the gathering time as one batch', async () => {
    const { gatherer, sends } = gathererWithSends();
    const results = [gatherer.submit(1), gatherer.submit(2)];
    expect(sends).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(2);
    expect(sends.map(({ items }) => items)).toEqual([[1, 2]]);
    sends[0]!.succeed();
    expect(await Promise.all(results)).toEqual([
      { kind: 'sent', result: 'result 1' },
      { kind: 'sent', result: 'result 2' },
    ]);
  });

  it('sends a full batch at once', async () => {
    const { gatherer, sends } = gathererWithSends();
    for (const item of [1, 2, 3]) void gatherer.submit(item);
    await vi.advanceTimersByTimeAsync(0);
    expect(sends.map(({ items }) => items)).toEqual([[1, 2, 3]]);
  });

  it('sends one batch at a time, in order', async () => {
    const { gatherer, sends } = gathererWithSends();
    for (const item of [1, 2, 3, 4, 5]) void gatherer.submit(item);
    await vi.advanceTimersByTimeAsync(100);
    expect(sends).toHaveLength(1);
    // What has waited for the gathering time by then follows at once.
    sends[0]!.succeed();
    await vi.advanceTimersByTimeAsync(0);
    expect(sends.map(({ items }) => items)).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  it('lets what came just before the end of a batch gather for the rest of its time', async () => {
    const { gatherer, sends } = gathererWithSends();
    void gatherer.submit(1);
    await vi.advanceTimersByTimeAsync(10);
    void gatherer.submit(2);
    sends[0]!.succeed();
    await vi.advanceTimersByTimeAsync(1);
    void gatherer.submit(3);
    expect(sends).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sends.map(({ items }) => items)).toEqual([[1], [2, 3]]);
  });

  it('keeps nothing of what was answered while a batch hangs, so that its memory stays bounded', async () => {
    const { gatherer, sends } = gathererWithSends({ queueMax: 3, batchMax: 10 });
    void gatherer.submit(0);
    await vi.advanceTimersByTimeAsync(2);
    for (let round = 1; round <= 50; round++) {
      for (const item of [1, 2, 3, 4]) void gatherer.submit(100 * round + item);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    void gatherer.submit(7);
    sends[0]!.succeed();
    await vi.advanceTimersByTimeAsync(2);
    expect(sends.map(({ items }) => items)).toEqual([[0], [7]]);
  });

  it('refuses what its queue does not hold', async () => {
    const { gatherer } = gathererWithSends({ queueMax: 2 });
    void gatherer.submit(1);
    void gatherer.submit(2);
    expect(await gatherer.submit(3)).toEqual({ kind: 'not-sent' });
  });

  it('says unknown of what was sent and not confirmed in time, and not-sent of what still waited', async () => {
    const { gatherer, sends } = gathererWithSends();
    const sent = gatherer.submit(1);
    await vi.advanceTimersByTimeAsync(2);
    const waiting = gatherer.submit(2);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await sent).toMatchObject({ kind: 'unknown' });
    expect(await waiting).toEqual({ kind: 'not-sent' });
    sends[0]!.succeed();
    await vi.advanceTimersByTimeAsync(10);
    expect(sends.map(({ items }) => items)).toEqual([[1]]);
  });

  it('says unknown of a batch whose send failed', async () => {
    const { gatherer, sends } = gathererWithSends();
    const failing = gatherer.submit(1);
    await vi.advanceTimersByTimeAsync(2);
    sends[0]!.fail(new Error('broken pipe'));
    expect(await failing).toMatchObject({ kind: 'unknown', cause: { message: 'broken pipe' } });
  });

  it('says not-sent of what waited for a connection that did not come, and sends nothing of it', async () => {
    const connection = Promise.withResolvers<void>();
    const { gatherer, sends } = gathererWithSends({ prepare: () => connection.promise });
    const waiting = gatherer.submit(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await waiting).toEqual({ kind: 'not-sent' });
    const refused = gatherer.submit(2);
    connection.reject(new Error('no broker'));
    expect(await refused).toEqual({ kind: 'not-sent' });
    expect(sends).toHaveLength(0);
  });

  it('sends what waits before it closes and refuses what comes after', async () => {
    const { gatherer, sends } = gathererWithSends();
    for (const item of [1, 2, 3, 4]) void gatherer.submit(item);
    const closed = gatherer.close();
    expect(await gatherer.submit(5)).toEqual({ kind: 'not-sent' });
    await vi.advanceTimersByTimeAsync(0);
    sends[0]!.succeed();
    await vi.advanceTimersByTimeAsync(0);
    sends[1]!.succeed();
    await closed;
    expect(sends.map(({ items }) => items)).toEqual([[1, 2, 3], [4]]);
  });
});
