import { describe, expect, it } from 'vitest';
import { idAt } from '../behaviour/testing.ts';
import type { BehaviourEntry } from '../contract/behaviour.ts';
import type { ActedReport } from './lists/seen-action.ts';
import { createModel } from './model.ts';
import { recallUntil, withRecall } from './recall.ts';
import { did, shelfProduct, shelvesWith } from './testing.ts';

const NOW_MS = Date.parse('2026-03-02T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(NOW_MS - minutes * 60_000);
const clickAt = (minutes: number) => did('click', 1, minutesAgo(minutes));

function entryOf(customerId: number, { id, action, actedAt }: ActedReport): BehaviourEntry {
  return {
    id,
    customerId,
    action,
    actedAt: actedAt.toISOString(),
    target: { type: 'product', id: 1, text: null },
  };
}

function world(past: Record<number, ActedReport[]>) {
  const model = createModel(shelvesWith([shelfProduct(1), shelfProduct(2)]));
  const log = { asked: [] as number[][], answer: () => Promise.resolve(), isAway: false };
  const deps = {
    model,
    log: {
      async newestOf(customerIds: readonly number[], count: number) {
        log.asked.push([...customerIds]);
        await log.answer();
        if (log.isAway) throw new Error('connection refused');
        return customerIds.flatMap((id) =>
          (past[id] ?? [])
            .map((report) => entryOf(id, report))
            .reverse()
            .slice(0, count),
        );
      },
    },
  };
  const known: string[][] = [];
  const failures: string[] = [];
  let nowMs = 0;
  const engine = withRecall(
    {
      async take(arrived) {
        for (const { customerId, report } of arrived) model.learn(customerId, report, nowMs);
        known.push(...arrived.map(({ customerId }) => model.actionIds(customerId)));
      },
      close: async () => undefined,
    },
    {
      ...deps,
      monotonicMs: () => nowMs,
      onFailure: (error) => failures.push(error instanceof Error ? error.message : ''),
    },
  );
  const take = (...acted: (readonly [customerId: number, report: ActedReport])[]) =>
    engine.take(
      acted.map(([customerId, report]) => ({ customerId, report, stages: { receivedMs: 0, consumedMs: 0 } })),
    );
  return { deps, log, take, known, failures, pass: (ms: number) => (nowMs += ms) };
}

const ids = (reports: ActedReport[]) => reports.map(({ id }) => id);

describe('whoever acts', () => {
  it('is recalled once, all who come together by one question', async () => {
    const past = { 1: [clickAt(90), clickAt(60)], 2: [clickAt(300)] };
    const { log, take, known } = world(past);
    const [one, other, stranger, again] = [clickAt(3), clickAt(2), clickAt(1), clickAt(0)];
    await take([1, one], [2, other], [9, stranger]);
    await take([1, again]);
    expect(log.asked).toEqual([[1, 2, 9]]);
    expect(known).toEqual([
      [...ids(past[1]), one.id],
      [...ids(past[2]), other.id],
      [stranger.id],
      [...ids(past[1]), one.id, again.id],
    ]);
  });

  it('is recalled up to what has come: the rest comes by itself and is learnt then', async () => {
    const [old, first, second] = [clickAt(90), clickAt(2), clickAt(1)];
    const { take, known, deps } = world({ 1: [old, first, second] });
    await take([1, first]);
    expect(known).toEqual([[old.id, first.id]]);
    await take([1, second]);
    expect(known.at(-1)).toEqual([old.id, first.id, second.id]);
    // One of each counts for everybody, what was recalled does not.
    expect(deps.model.listsOf(2, ['trending'], 'now')[0]!.productIds[0]).toBe(1);
  });

  it('gets lists from what is known while the log is away, and is recalled when it is back', async () => {
    const past = [clickAt(90)];
    const { log, take, known, failures, pass } = world({ 1: past });
    const clicks = [clickAt(3), clickAt(2), clickAt(1)];
    log.isAway = true;
    await take([1, clicks[0]!]);
    await take([1, clicks[1]!]);
    // Not asked again at once.
    expect(log.asked).toHaveLength(1);
    expect(failures).toEqual(['connection refused']);
    log.isAway = false;
    pass(5_000);
    await take([1, clicks[2]!]);
    expect(known).toEqual([ids(clicks.slice(0, 1)), ids(clicks.slice(0, 2)), ids([...past, ...clicks])]);
  });

  it('does not wait for a log that does not answer', async () => {
    const { log, take, known, failures } = world({ 1: [clickAt(90)] });
    const click = clickAt(1);
    log.answer = () => new Promise(() => undefined);
    await take([1, click]);
    expect(known).toEqual([[click.id]]);
    expect(failures).toEqual(['the behaviour log did not answer within 1000 ms']);
  });
});

it('many are asked for in parts', async () => {
  const { deps, log } = world({});
  const many = new Map(
    Array.from({ length: 1_100 }, (_, id) => [id, { actedAt: minutesAgo(0), id: idAt(minutesAgo(0)) }]),
  );
  await recallUntil(deps, many);
  expect(log.asked.map(({ length }) => length)).toEqual([500, 500, 100]);
});
