import { expect, it } from 'vitest';
import { asQuick, planCells } from '../plan/cell-plan.ts';
import { balance } from './balance.ts';

const FEWEST_PAIRS = balance.comparison?.fewestPairs ?? 3;

it('holds nginx against taking turns at every number of processes, and numbers of processes behind nginx', () => {
  const pairs = balance.comparison?.pairs.map(({ baseline, candidate }) => `${baseline} → ${candidate}`);
  expect(pairs).toEqual([
    'one → one-nginx',
    'two → two-nginx',
    'four → four-nginx',
    'one-nginx → two-nginx',
    'two-nginx → four-nginx',
  ]);
});

it('has enough blocks for a verdict, in a quick run too', () => {
  for (const scenario of [balance, asQuick(balance)])
    expect(scenario.comparison?.blocks).toBeGreaterThanOrEqual(FEWEST_PAIRS);
});

it('kills a process of two at the end, with nginx and without', () => {
  const struck = planCells(balance, 1).filter(({ purpose }) => purpose === 'strike');
  expect(struck.map(({ variant }) => variant)).toEqual(['two', 'two-nginx']);
});
