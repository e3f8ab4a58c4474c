// The procedure as a whole, on thousands of simulated experiments whose truth is known: each has blocks of two runs,
// with a noise that the block shares and a noise of each run. Seeded, so that every machine sees the same experiments.
import { describe, expect, test } from 'vitest';
import type { PairedJudgement } from './comparison.ts';
import { comparePairs } from './paired-comparison.ts';
import { detectableEffect } from './power.ts';
import { compareSeparateRuns } from './welch.ts';

const EXPERIMENT_COUNT = 4000;
const SHARED_BLOCK_SD = 0.2;

/** Standard normal draws: mulberry32 through Box and Muller. */
function seededNormal(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

interface World {
  seed: number;
  blocks: number;
  trueRatio: number;
  /** SD of the paired log-ratio; each run carries 1/√2 of it. */
  pairSd: number;
  marginRatio: number;
}

/** Share of the experiments in this world for which the question is answered with yes. */
function shareOf(world: World, question: (comparison: PairedJudgement) => boolean): number {
  const normal = seededNormal(world.seed);
  const runSd = world.pairSd / Math.SQRT2;
  let yesCount = 0;
  for (let experiment = 0; experiment < EXPERIMENT_COUNT; experiment++) {
    const shared = Array.from({ length: world.blocks }, () => 100 * Math.exp(SHARED_BLOCK_SD * normal()));
    const comparison = comparePairs({
      baseline: shared.map((value) => value * Math.exp(runSd * normal())),
      candidate: shared.map((value) => value * world.trueRatio * Math.exp(runSd * normal())),
      marginRatio: world.marginRatio,
    });
    if (comparison.outcome === 'judged' && question(comparison)) yesCount++;
  }
  return yesCount / EXPERIMENT_COUNT;
}

const claimsChange = ({ verdict }: PairedJudgement): boolean => verdict === 'FASTER' || verdict === 'SLOWER';

describe.each([5, 8, 12])('with %i blocks', (blocks) => {
  test.each([1, 1.1])(
    'the interval holds a true ratio of %d in 93 to 97 % of the experiments',
    (trueRatio) => {
      const world = { seed: 1000 + blocks, blocks, trueRatio, pairSd: 0.05, marginRatio: 0.03 };
      const coverage = shareOf(world, ({ low, high }) => low <= trueRatio && trueRatio <= high);
      expect(coverage).toBeGreaterThan(0.93);
      expect(coverage).toBeLessThan(0.97);
    },
  );

  test('a variant against itself is called changed in at most 5 %', () => {
    const world = { seed: 2000 + blocks, blocks, trueRatio: 1, pairSd: 0.05, marginRatio: 0.03 };
    expect(shareOf(world, claimsChange)).toBeLessThanOrEqual(0.05);
  });

  test('a change no larger than the margin is called SLOWER in at most 3.5 %, where 2.5 % is exact', () => {
    const world = { seed: 3000 + blocks, blocks, trueRatio: 1.03, pairSd: 0.05, marginRatio: 0.03 };
    expect(shareOf(world, claimsChange)).toBeLessThanOrEqual(0.035);
  });
});

test('12 blocks find a true 10 % beyond a margin of 5 % in at least 80 %, as often as planned', () => {
  const world = { seed: 7, blocks: 12, trueRatio: 1.1, pairSd: 0.05, marginRatio: 0.05 };
  const foundShare = shareOf(world, ({ verdict }) => verdict === 'SLOWER');
  expect(foundShare).toBeGreaterThanOrEqual(0.8);
  const power = 0.8345;
  const planned = detectableEffect({ blocks: 12, sd: 0.05, margin: 0.05, power });
  expect(planned).toMatchObject({ increaseRatio: expect.closeTo(0.1, 4) });
  expect(Math.abs(foundShare - power)).toBeLessThan(0.02);
});

test('a variant against itself is called EQUIVALENT once the blocks suffice', () => {
  const world = { seed: 8, blocks: 12, trueRatio: 1, pairSd: 0.03, marginRatio: 0.05 };
  expect(shareOf(world, ({ verdict }) => verdict === 'EQUIVALENT')).toBeGreaterThan(0.9);
});

test('the interval of separate runs with unequal noise holds the truth in 93 to 97 %', () => {
  const normal = seededNormal(9);
  let heldCount = 0;
  for (let experiment = 0; experiment < EXPERIMENT_COUNT; experiment++) {
    const comparison = compareSeparateRuns({
      baseline: Array.from({ length: 5 }, () => 100 * Math.exp(0.03 * normal())),
      candidate: Array.from({ length: 9 }, () => 110 * Math.exp(0.09 * normal())),
      marginRatio: 0.05,
    });
    if (comparison.outcome === 'judged' && comparison.low <= 1.1 && comparison.high >= 1.1) heldCount++;
  }
  expect(heldCount / EXPERIMENT_COUNT).toBeGreaterThan(0.93);
  expect(heldCount / EXPERIMENT_COUNT).toBeLessThan(0.97);
});
