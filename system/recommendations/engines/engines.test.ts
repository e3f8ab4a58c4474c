import { setImmediate as turn } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { actionAt } from '../../behaviour/testing.ts';
import type { FreshRecommendations } from '../../contract/recommendations.ts';
import { createLog } from '../../platform/diagnostics/log.ts';
import { createDeliver } from '../deliver.ts';
import type { ActedReport } from '../lists/seen-action.ts';
import { createRecommendationMetrics } from '../metrics.ts';
import { createModel, type Model } from '../model.ts';
import { EVERYBODY, type StoredList } from '../store.ts';
import { did, shelfProduct, shelvesWith } from '../testing.ts';
import { ACTIVE_MS, type Arrived, type StartEngine, type Unanswered } from './engine.ts';
import { startIncrementalEngine } from './incremental.ts';
import { periodicEngine } from './periodic.ts';

const PERIOD_MS = 4_000;

function world(
  startEngine: StartEngine,
  options: { model?: Model; unanswered?: Unanswered[]; gone?: number[] } = {},
) {
  const shelves = shelvesWith(Array.from({ length: 60 }, (_, index) => shelfProduct(index + 1)));
  const model = options.model ?? createModel(shelves);
  const pushed: { customerId: number; fresh: FreshRecommendations }[] = [];
  const stored: StoredList[] = [];
  const store = { isAway: false };
  let nowMs = 0;
  const clock = { now: () => new Date(), monotonicMs: () => (nowMs += 0.001) };
  const metrics = createRecommendationMetrics(new Registry());
  const deliver = createDeliver({
    store: {
      async add(lists) {
        if (store.isAway) throw new Error('connection refused');
        stored.push(...lists);
      },
    },
    goneProducts: async (productIds) => productIds.filter((id) => options.gone?.includes(id)),
    push: (customerId, _, fresh) => pushed.push({ customerId, fresh: fresh as FreshRecommendations }),
    clock,
    metrics,
  });
  const log = createLog({ level: 'silent', name: 'test' });
  const engine = startEngine({ model, deliver, clock, metrics, log }, options.unanswered ?? []);
  return { engine, model, pushed, stored, store };
}

const arrived = (customerId: number, ...reports: ActedReport[]): Arrived[] =>
  reports.map((report) => ({ customerId, report, stages: { receivedMs: 1, consumedMs: 2 } }));
const answers = (pushed: { fresh: FreshRecommendations }[]) =>
  pushed.map(({ fresh }) => fresh.answersActionIds);

describe('the incremental engine', () => {
  it('answers all of a person’s actions that came together by one push, oldest first', async () => {
    const { engine, pushed, stored } = world(startIncrementalEngine);
    const [first, second, other] = [did('click', 1), did('click', 2), did('hover', 3)];
    await engine.take([...arrived(1, second), ...arrived(2, other), ...arrived(1, first)]);
    expect(answers(pushed)).toEqual([[first.id, second.id], [other.id]]);
    expect(pushed.map(({ customerId }) => customerId)).toEqual([1, 2]);
    expect(pushed[0]!.fresh.stages).toHaveLength(2);
    for (const { list } of stored.filter(({ customerId }) => customerId === 1))
      expect(list.reflectsActionId).toBe(second.id);
    // What everybody looks at is stored for everybody, and that once.
    expect(stored.filter(({ list }) => list.kind === 'trending').map(({ customerId }) => customerId)).toEqual(
      [EVERYBODY],
    );
  });

  it('makes only the lists that the actions bear on', async () => {
    const { engine, pushed } = world(startIncrementalEngine);
    await engine.take(arrived(1, did('cart-cancel', 1)));
    expect(pushed[0]!.fresh.lists.map(({ kind }) => kind)).toEqual(['category']);
  });

  it('neither stores nor pushes what is gone by the time it is stored', async () => {
    const { engine, pushed, stored } = world(startIncrementalEngine, { gone: [60, 58] });
    await engine.take([...arrived(1, did('click', 1)), ...arrived(2, did('hover', 60))]);
    expect(pushed).toHaveLength(2);
    const lists = [...pushed.flatMap(({ fresh }) => fresh.lists), ...stored.map(({ list }) => list)];
    for (const { productIds } of lists) {
      expect(productIds).not.toContain(60);
      expect(productIds).not.toContain(58);
      expect(productIds.length).toBeGreaterThanOrEqual(18);
    }
  });

  it('learns from what happened long ago, and tells nobody of it', async () => {
    const { engine, model, pushed } = world(startIncrementalEngine);
    const [old] = arrived(1, did('click', 1));
    await engine.take([{ ...old!, stages: { receivedMs: -ACTIVE_MS, consumedMs: 0 } }]);
    expect(pushed).toEqual([]);
    expect(model.listsOf(1, ['viewed'], 'now')[0]!.reflectsActionId).toBe(old!.report.id);
  });

  it('pushes nothing that is not stored, and answers what it is given again', async () => {
    const { engine, pushed, store } = world(startIncrementalEngine);
    const actions = arrived(1, did('click', 1));
    store.isAway = true;
    await expect(engine.take(actions)).rejects.toThrow('connection refused');
    expect(pushed).toEqual([]);
    store.isAway = false;
    await engine.take(actions);
    await engine.take(actions);
    expect(answers(pushed)).toEqual([[actions[0]!.report.id]]);
  });

  it('answers what was learnt before a stop and never pushed', async () => {
    const model = createModel(shelvesWith([shelfProduct(1)]));
    const action = did('click', 1);
    model.learn(1, action, 0);
    const { pushed, engine } = world(startIncrementalEngine, {
      model,
      unanswered: [{ customerId: 1, actionIds: [action.id] }],
    });
    await engine.close();
    expect(answers(pushed)).toEqual([[action.id]]);
    expect(pushed[0]!.fresh.stages).toBeUndefined();
  });

  it('tells at most the 60 newest answers and reaches everybody of a large batch', async () => {
    const { engine, pushed } = world(startIncrementalEngine);
    const many = Array.from({ length: 70 }, (_, index) => did('click', 1 + (index % 50)));
    const people = Array.from({ length: 150 }, (_, index) => arrived(10 + index, did('click', 1))).flat();
    await engine.take([...arrived(1, ...many), ...people]);
    expect(answers(pushed)[0]).toEqual(many.slice(-60).map(({ id }) => id));
    expect(new Set(pushed.map(({ customerId }) => customerId)).size).toBe(151);
  });
});

describe('the periodic engine', () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  const settle = async () => {
    for (let one = 0; one < 20; one++) await turn();
  };

  it('answers at its turn, and works out everybody who is active each time', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { engine, pushed, stored } = world(periodicEngine(PERIOD_MS));
    const click = did('click', 1);
    await engine.take([...arrived(1, click), ...arrived(2, actionAt(new Date(), { customerId: 2 }))]);
    expect(pushed).toEqual([]);
    vi.advanceTimersByTime(PERIOD_MS);
    await settle();
    expect(answers(pushed)[0]).toEqual([click.id]);
    expect(pushed[0]!.fresh.lists).toHaveLength(6);
    const storedCount = stored.length;
    vi.advanceTimersByTime(PERIOD_MS);
    await settle();
    expect(pushed).toHaveLength(2);
    expect(stored.length).toBeGreaterThan(storedCount);
    await engine.close();
  });

  it('answers at the next turn what could not be stored, and at its end what is left', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { engine, pushed, store } = world(periodicEngine(PERIOD_MS));
    const [first, second, last] = [did('click', 1), did('click', 2), did('click', 3)];
    await engine.take(arrived(1, first));
    store.isAway = true;
    vi.advanceTimersByTime(PERIOD_MS);
    await settle();
    expect(pushed).toEqual([]);
    store.isAway = false;
    await engine.take(arrived(1, second));
    vi.advanceTimersByTime(PERIOD_MS);
    await settle();
    expect(answers(pushed)).toEqual([[first.id, second.id]]);
    await engine.take(arrived(1, last));
    await engine.close();
    expect(answers(pushed)).toEqual([[first.id, second.id], [last.id]]);
  });
});
