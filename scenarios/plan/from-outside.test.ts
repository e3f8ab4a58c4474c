import { expect, test } from 'vitest';
import { smoke } from '../questions/smoke.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { shopStart } from '../scenario/shop-start.ts';
import { planHash, planRun } from './plan.ts';

const live: Scenario = {
  ...smoke,
  data: { ...smoke.data, people: 1_000, products: 500 },
  intake: { through: 'topics' },
  growth: { model: 'bass', signUpsPerSecond: 0.5 },
  load: { ...smoke.load, arrivals: 'live', producers: 2, durationSeconds: 60, leadInSeconds: 5 },
};

function planOf(scenario: Scenario, seed = 1) {
  const planned = planRun(scenario, seed);
  if (planned.kind === 'mistakes') throw new Error(planned.mistakes.join(' '));
  return planned.plan;
}

test('a live shop gets orders, products and people at the pace of its hour, the same for the same seed', () => {
  const plan = planOf(live);
  const deliveries = plan.deliveries ?? [];
  // At 20:00: an order every 1.33 s, a product every 2.33 s, for each of two producers.
  expect(plan.sessions.length).toBeGreaterThan(85);
  expect(plan.sessions.length).toBeLessThan(110);
  const products = deliveries.filter(({ kind }) => kind === 'product');
  expect(products.length).toBeGreaterThan(45);
  expect(products.length).toBeLessThan(58);
  expect(deliveries.filter(({ kind }) => kind === 'user')).toHaveLength(30);
  expect(deliveries.map(({ startMs }) => startMs)).toEqual(
    deliveries.map(({ startMs }) => startMs).toSorted((a, b) => a - b),
  );
  expect(plan.newcomers).toBeUndefined();
  expect(planHash(planOf(live))).toBe(planHash(plan));
  expect(planHash(planOf(live, 2))).not.toBe(planHash(plan));
});

test('a product is registered when it comes, so it is the newest', () => {
  const products = (planOf(live).deliveries ?? []).filter((one) => one.kind === 'product');
  const startMs = shopStart(live).getTime();
  expect(products.map(({ product }) => product.registeredAtMs)).toEqual(
    products.map((one) => Math.floor(startMs + one.startMs)),
  );
});

test('where nothing comes from outside people sign up at the shop and no product comes', () => {
  const plan = planOf({ ...live, intake: { through: 'none' } });
  expect(plan.deliveries).toBeUndefined();
  expect(plan.newcomers).toHaveLength(30);
});
