import { expect, it } from 'vitest';
import { lastUnits } from '../questions/last-units.ts';
import { planRun } from './plan.ts';

const small = { ...lastUnits, data: { ...lastUnits.data, people: 3_000, products: 100, days: 1 } };

it('has a hundred different people come at the same instant, and nobody before or after', () => {
  const planned = planRun(small, 1);
  if (planned.kind === 'mistakes') throw new Error(planned.mistakes.join());
  const { sessions } = planned.plan;
  expect(sessions).toHaveLength(100);
  expect(new Set(sessions.map(({ startMs }) => startMs))).toEqual(new Set([0]));
  expect(new Set(sessions.map(({ personId }) => personId)).size).toBe(100);
});

it('says so when there are too few people for the crush', () => {
  const planned = planRun({ ...small, load: { ...small.load, shoppersAtOnce: 2_000 } }, 1);
  expect(planned).toMatchObject({ kind: 'mistakes' });
  expect(JSON.stringify(planned)).toContain('load.shoppersAtOnce=2000 cannot be planned.');
});
