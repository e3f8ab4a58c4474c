import { expect, it } from 'vitest';
import { planCells } from '../plan/cell-plan.ts';
import { effectiveScenario } from '../plan/effective-scenario.ts';
import { expectedSeconds } from '../plan/expected-time.ts';
import { meets } from '../plan/needs.ts';
import { recommend3s } from './recommend-3s.ts';

function cellsOf(quick: boolean) {
  const made = effectiveScenario(recommend3s, { quick }, []);
  if (made.kind === 'mistakes') throw new Error(made.mistakes.join(' '));
  return planCells(made.scenario, 1);
}

it('ends in eight minutes, and in three when it is quick', () => {
  expect(expectedSeconds(cellsOf(false))).toBeLessThanOrEqual(8 * 60);
  expect(expectedSeconds(cellsOf(true))).toBeLessThanOrEqual(3 * 60);
});

it('has lists to measure in every run, and holds a limit against variants that there are', () => {
  const cells = cellsOf(false);
  expect(cells.every(({ scenario }) => meets(scenario, 'recommendations'))).toBe(true);
  const variants = new Set(cells.map(({ variant }) => variant));
  const held = Object.values(recommend3s.thresholds).flatMap(({ of }) => of ?? []);
  expect(held).toEqual(['incremental']);
  expect(held.every((variant) => variants.has(variant))).toBe(true);
});

it('lets everybody act every three seconds, at every level', () => {
  for (const { scenario } of cellsOf(false))
    expect((scenario.load.crowdPeople ?? 0) / scenario.load.actionsPerSecond).toBe(3);
});
