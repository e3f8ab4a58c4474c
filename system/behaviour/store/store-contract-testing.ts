// What every store of the behaviour log must do, as tests that each implementation runs on its real service.
import { expect, test } from 'vitest';
import { createLookUp } from '../operator/look-up.ts';
import type { LoggedAction } from '../rules.ts';
import { actionAt, NO_FILTER, searchAt, until } from '../testing.ts';
import type { BehaviourStore, LogFilter } from './store.ts';

const NOW = new Date('2026-03-02T23:59:00Z');
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

/** @param store an empty one, made when the tests run. */
export function testBehaviourStore(store: () => BehaviourStore): void {
  const find = async (changes: Partial<LogFilter>, limit = 100) =>
    (await store().find({ ...NO_FILTER, ...changes }, { after: null, limit })).map(({ id }) => id);
  /** Adds actions and waits until they are found. */
  async function add(...actions: LoggedAction[]): Promise<string[]> {
    await store().add(actions);
    const customers = new Set(actions.map(({ customerId }) => customerId));
    await until('the actions', async () => {
      const found = await Promise.all([...customers].map((customerId) => find({ customerId }, 200)));
      return actions.every(({ id }) => found.flat().includes(id));
    });
    return actions.map(({ id }) => id);
  }

  test('an action is found as it was', async () => {
    const click = actionAt(NOW, { customerId: 11, target: { type: 'category', id: 4 } });
    const search = searchAt(minutesAgo(1), '<script>alert("딸기")</script>', 11);
    await add(click, search);
    expect(await store().find({ ...NO_FILTER, customerId: 11 }, { after: null, limit: 10 })).toEqual([
      {
        id: click.id,
        customerId: 11,
        action: 'click',
        target: { type: 'category', id: 4, text: null },
        actedAt: NOW.toISOString(),
      },
      {
        id: search.id,
        customerId: 11,
        action: 'search',
        target: { type: 'text', id: null, text: '<script>alert("딸기")</script>' },
        actedAt: minutesAgo(1).toISOString(),
      },
    ]);
  });

  test('what comes again is stored once and stays as it was', async () => {
    const first = actionAt(NOW, { customerId: 12 });
    await add(first);
    const fresh = actionAt(NOW, { customerId: 12 });
    await store().add([first, { ...first, action: 'hover' }, fresh, fresh]);
    await until('the fresh one', async () => (await find({ customerId: 12 })).includes(fresh.id));
    expect(await find({ customerId: 12 })).toEqual([fresh.id, first.id]);
    expect(await find({ customerId: 12, action: 'hover' })).toEqual([]);
  });

  test('the newest come first, over the ends of days and in the order of ids where the time is the same', async () => {
    const times = [NOW, NOW, minutesAgo(60 * 30), minutesAgo(60 * 60), new Date('2026-03-03T00:00:00Z')];
    const ids = await add(...times.map((at) => actionAt(at, { customerId: 13 })));
    expect(await find({ customerId: 13 })).toEqual([ids[4], ids[1], ids[0], ids[2], ids[3]]);
  });

  test('pages follow each other without a gap or a repetition while new actions come in', async () => {
    const ids = await add(...Array.from({ length: 7 }, () => actionAt(minutesAgo(5), { customerId: 14 })));
    const { page } = createLookUp(store());
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const got = await page({ customerId: 14, pageSize: 3, ...(after !== null && { after }) });
      if (typeof got === 'string') throw new Error(got);
      seen.push(...got.items.map(({ id }) => id));
      after = got.next;
      await add(actionAt(NOW, { customerId: 14 }));
    } while (after !== null);
    expect(seen).toEqual(ids.toReversed());
  });

  test('the newest of several customers are found together, so many of each', async () => {
    const times = [3, 1, 2].map(minutesAgo);
    const ids = await add(...times.map((at) => actionAt(at, { customerId: 21 })));
    const other = actionAt(minutesAgo(60 * 24 * 3), { customerId: 22 });
    await add(other);
    const newest = await store().newestOf([22, 23, 21], 2);
    expect(newest.map(({ id }) => id)).toEqual([other.id, ids[1], ids[2]]);
    expect(newest[0]).toMatchObject({ customerId: 22, actedAt: other.actedAt.toISOString() });
    expect(await store().newestOf([], 2)).toEqual([]);
  });

  test('user, typed target, action and time each narrow what is found', async () => {
    const [bought, clicked, coupon, category] = await add(
      actionAt(minutesAgo(1), {
        customerId: 15,
        action: 'order-create',
        target: { type: 'product', id: 501 },
      }),
      actionAt(minutesAgo(2), { customerId: 15, target: { type: 'product', id: 501 } }),
      actionAt(minutesAgo(3), { customerId: 15, action: 'coupon-use', target: { type: 'coupon', id: 501 } }),
      actionAt(minutesAgo(4), { customerId: 16, target: { type: 'category', id: 501 } }),
    );
    expect(await find({ targetId: 501, targetType: 'product' })).toEqual([bought, clicked]);
    expect(await find({ targetId: 501, targetType: 'coupon' })).toEqual([coupon]);
    expect(await find({ targetType: 'category', targetId: 501 })).toEqual([category]);
    expect(await find({ customerId: 15, action: 'click' })).toEqual([clicked]);
    // From inclusive, to exclusive.
    const range = { customerId: 15, from: minutesAgo(3), to: minutesAgo(1) };
    expect(await find(range)).toEqual([clicked, coupon]);
    expect(await find({ ...range, action: 'coupon-use' })).toEqual([coupon]);
  });

  test('a search text is found by the beginnings of its words, Korean and English', async () => {
    const [korean, english, both] = await add(
      searchAt(minutesAgo(1), '유기농 딸기 1kg', 17),
      searchAt(minutesAgo(2), 'Organic STRAWBERRY-jam', 17),
      searchAt(minutesAgo(3), '딸기 strawberry', 17),
    );
    const search = (...words: string[]) => find({ customerId: 17, words });
    expect(await search('딸기')).toEqual([korean, both]);
    expect(await search('straw')).toEqual([english, both]);
    expect(await search('딸', 'strawberry')).toEqual([both]);
    expect(await search('jam')).toEqual([english]);
    expect(await search('berry')).toEqual([]);
  });

  test('a histogram counts what the filter finds, step by step', async () => {
    await add(...[1, 1, 2, 9].map((minutes) => actionAt(minutesAgo(minutes), { customerId: 18 })));
    const { histogram } = createLookUp(store());
    const got = await histogram(
      { customerId: 18, from: minutesAgo(10).toISOString(), to: NOW.toISOString() },
      NOW,
    );
    if (typeof got === 'string') throw new Error(got);
    expect(got.stepMs).toBe(10_000);
    const filled = got.buckets.filter(({ count }) => count > 0);
    expect(filled.map(({ startAt, count }) => [startAt, count])).toEqual([
      [minutesAgo(9).toISOString(), 1],
      [minutesAgo(2).toISOString(), 1],
      [minutesAgo(1).toISOString(), 2],
    ]);
  });

  test('days older than the retention go, the others stay', async () => {
    const old = new Date('2025-12-30T12:00:00Z');
    const [past, kept] = await add(
      actionAt(old, { customerId: 19 }),
      actionAt(new Date('2025-12-31T12:00:00Z'), { customerId: 19 }),
    );
    expect(await find({ customerId: 19 })).toEqual([kept, past]);
    const retentionDays = 60;
    await store().upkeep(new Date(Date.parse('2025-12-31T00:00:00Z') + retentionDays * 86_400_000));
    await until('the old day to go', async () => (await find({ customerId: 19 })).length === 1);
    expect(await find({ customerId: 19 })).toEqual([kept]);
    // And may come again, as a message that was delivered late does.
    await add(actionAt(old, { customerId: 19 }));
  });
}
