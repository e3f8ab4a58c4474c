import fc from 'fast-check';
import { UUID, uuidv7obj } from 'uuidv7';
import { expect, test } from 'vitest';
import { BEHAVIOUR_ACTIONS } from '../contract/tables.ts';
import {
  fillBuckets,
  histogramStepMs,
  MAX_AGE_MS,
  MAX_AHEAD_MS,
  MAX_HISTOGRAM_MS,
  placeText,
  readBatch,
  readPlace,
  timeOfId,
} from './rules.ts';

const now = new Date('2026-03-02T11:00:00.123Z');
const idAt = (ms: number) => UUID.fromFieldsV7(ms, 1, 2, 3).toString();
const time = { now, shiftMs: 0 };
const click = (id: string) => ({ id, action: 'click', target: { type: 'product', id: 7 } }) as const;

test('the time of an action is in its id', () => {
  expect(timeOfId(idAt(now.getTime()))).toBe(now.getTime());
  expect(Math.abs(timeOfId(uuidv7obj().toString()) - Date.now())).toBeLessThan(60_000);
});

test('a batch keeps its order, gets its customer and the time of each id', () => {
  const ids = [idAt(now.getTime() - 5), idAt(now.getTime())];
  expect(readBatch(3, ids.map(click), time)).toEqual([
    { ...click(ids[0]!), customerId: 3, actedAt: new Date(now.getTime() - 5) },
    { ...click(ids[1]!), customerId: 3, actedAt: now },
  ]);
});

test('a shop whose clock was set elsewhere takes actions at its own time', () => {
  const wallMs = Date.parse('2027-01-01T00:00:00Z');
  const batch = readBatch(3, [click(idAt(wallMs))], { now, shiftMs: now.getTime() - wallMs });
  expect(batch).toMatchObject([{ actedAt: now }]);
});

test.each([
  [-MAX_AGE_MS, true],
  [-MAX_AGE_MS - 1, false],
  [MAX_AHEAD_MS, true],
  [MAX_AHEAD_MS + 1, false],
])('an id made %i ms from now is taken: %s', (awayMs, isTaken) => {
  const batch = readBatch(3, [click(idAt(now.getTime())), click(idAt(now.getTime() + awayMs))], time);
  if (isTaken) expect(batch).toHaveLength(2);
  else expect(batch).toMatch(/^actions\.1 has an id made .* from now|^actions\.1 has an id made .* ago/);
});

test('each action has the targets that it can have', () => {
  const targets = [
    { type: 'product', id: 1 },
    { type: 'category', id: 1 },
    { type: 'coupon', id: 1 },
    { type: 'text', text: '딸기' },
  ] as const;
  const taken = BEHAVIOUR_ACTIONS.map((action) => [
    action,
    targets
      .filter(
        (target) => typeof readBatch(3, [{ id: idAt(now.getTime()), action, target }], time) !== 'string',
      )
      .map(({ type }) => type)
      .join(' '),
  ]);
  expect(Object.fromEntries(taken)).toEqual({
    click: 'product category coupon',
    hover: 'product category coupon',
    'cart-create': 'product',
    'cart-cancel': 'product',
    'cart-modify-plus': 'product',
    'cart-modify-minus': 'product',
    'order-create': 'product',
    'order-cancel': 'product',
    'coupon-create': 'coupon',
    'coupon-use': 'coupon',
    search: 'text',
  });
});

test('a place survives its way through an address, and nothing else is one', () => {
  const place = { actedAt: now, id: idAt(now.getTime()) };
  expect(readPlace(placeText(place))).toEqual(place);
  for (const text of ['', '1', `x.${place.id}`, `1.${place.id}'`, `9999999999999999.${place.id}`])
    expect(readPlace(text), text).toBeNull();
});

test('every range is cut into at most 60 round steps that together hold it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: MAX_HISTOGRAM_MS }),
      fc.integer({ min: 0, max: 1e12 }),
      (rangeMs, startMs) => {
        const stepMs = histogramStepMs(rangeMs);
        const range = { from: new Date(startMs), to: new Date(startMs + rangeMs) };
        const buckets = fillBuckets(range, stepMs, new Map());
        // One more where the range begins within a step.
        expect(buckets.length).toBeLessThanOrEqual(61);
        expect(Date.parse(buckets[0]!.startAt)).toBeLessThanOrEqual(startMs);
        expect(Date.parse(buckets.at(-1)!.startAt) + stepMs).toBeGreaterThanOrEqual(range.to.getTime());
      },
    ),
  );
  expect(histogramStepMs(24 * 3_600_000)).toBe(30 * 60_000);
});

test('steps without actions are there with 0', () => {
  const range = { from: new Date(1_500), to: new Date(4_000) };
  expect(fillBuckets(range, 1_000, new Map([[2_000, 5]]))).toEqual([
    { startAt: '1970-01-01T00:00:01.000Z', count: 0 },
    { startAt: '1970-01-01T00:00:02.000Z', count: 5 },
    { startAt: '1970-01-01T00:00:03.000Z', count: 0 },
  ]);
});
