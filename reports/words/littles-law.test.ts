import { expect, test } from 'vitest';
import type { LittlesLaw, RunResult } from '../record/result.ts';
import { syntheticGenerator } from '../testing/synthetic-result.ts';
import { littleResidualText, littleSentence, littleWarnings } from './littles-law.ts';

const law: LittlesLaw = {
  meanOpenCount: 200,
  stepsPerSecond: 100,
  meanResponseMs: 100,
  meanThinkMs: 1_800,
  residualRatio: -0.05,
  limitRatio: 0.02,
  holds: false,
};
const generator = { ...syntheticGenerator(10, 10), littlesLaw: law };
const variant = (littlesLaw: LittlesLaw | null | undefined) =>
  ({ generator: { ...generator, littlesLaw } }) as RunResult['variants'][string];

test('both sides of the law are said with their figures', () => {
  expect(littleSentence(law)).toBe(
    'On average 200 sessions were open; 100 steps/s × (1,800 ms thinking + 100 ms waiting) make 190',
  );
  expect(littleSentence({ ...law, cutCount: 10, residualRatio: 0 })).toMatch(
    /make 200, with \+10 cut by the ends of the span$/,
  );
  expect(littleResidualText(generator)).toBe('−5 % (limit ±2 %)');
  expect(littleResidualText({ ...generator, littlesLaw: null })).toBe('–');
});

test('a warning names the variant that breaks the law, and only that', () => {
  const kept = { ...law, residualRatio: 0.004, holds: true };
  const warnings = littleWarnings({
    variants: { direct: variant(kept), kafka: variant(law), old: variant(undefined), idle: variant(null) },
  });
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/^kafka: Little’s law is off by −5 % \(limit ±2 %\): .* make 190\.$/);
  const [wrong] = littleWarnings({ variants: { kafka: variant({ ...law, cutCount: 0 }) } });
  expect(wrong).toMatch(/something was counted wrongly, and the figures of this run are in doubt/);
});
