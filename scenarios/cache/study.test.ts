import { expect, it } from 'vitest';
import { studyCaches } from './study.ts';

const settings = {
  productCount: 20_000,
  sizes: [200, 1_000, 4_000],
  laws: ['catalogue', 'zipf-1'],
  readsPerSecond: 100,
  writesPerRead: 0.05,
  refreshMs: 50_000,
  loadMs: 20,
  readCount: 60_000,
  seed: 1,
} as const;

it('hits what theory expects, within two points of a hundred, at every size and law', () => {
  const rows = studyCaches(settings);
  expect(rows).toHaveLength(2 * 3 * 7);
  const far = rows.filter(
    ({ hitRatio, expectedHitRatio }) =>
      expectedHitRatio !== null && Math.abs(hitRatio - expectedHitRatio) > 0.02,
  );
  expect(far).toEqual([]);
  expect(rows.filter(({ expectedHitRatio }) => expectedHitRatio !== null)).toHaveLength(2 * 3 * 5);
});

it('gives the same rows for the same seed, and others for another', () => {
  const small = { ...settings, sizes: [200], laws: ['catalogue'], readCount: 2_000 } as const;
  expect(studyCaches(small)).toEqual(studyCaches(small));
  expect(studyCaches({ ...small, seed: 2 })).not.toEqual(studyCaches(small));
});
