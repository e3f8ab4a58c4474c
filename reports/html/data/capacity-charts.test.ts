import { expect, test } from 'vitest';
import type { FinishedRun } from '../../record/read-run.ts';
import type { RunResult } from '../../record/result.ts';
import { sampleResult } from '../../testing/sample-result.ts';
import { atLeastCapacity, foundCapacity, skippedCapacity } from '../../testing/synthetic-capacity.ts';
import { capacitySection } from '../sections/capacity.ts';
import { capacityCharts } from './capacity-charts.ts';

const result: RunResult = {
  ...sampleResult('PASS'),
  capacity: [
    foundCapacity('direct', 1, 180, 190),
    foundCapacity('direct', 2, 250, 260),
    skippedCapacity('direct', 4),
    atLeastCapacity('kafka', 300, 310),
  ],
};

function pageOf(of: RunResult): string {
  return capacitySection({ result: of, manifest: {} } as FinishedRun)?.markup ?? '';
}

test('a chart for each transport: a rising line for each number of processes, and the limit across', () => {
  const [direct, kafka] = capacityCharts(result);
  expect(direct).toMatchObject({ id: 'direct', title: 'order confirmed p95 by rate: direct', unit: 'ms' });
  expect(direct!.lines.map(({ label }) => label)).toEqual([
    'one API process',
    'two API processes',
    'limit ≤ 1,000 ms',
  ]);
  expect(direct!.lines[0]!.rates).toEqual([90, 180, 190]);
  expect(direct!.lines[0]!.values.at(-1)).toBe(2_140);
  expect(direct!.lines.at(-1)).toMatchObject({ rates: [90, 260], values: [1_000, 1_000] });
  // What the generator spoilt is no figure of the shop.
  expect(kafka!.lines[0]!.rates).toEqual([150, 300]);
});

test('the section tells every rate, every probe and why one was skipped', () => {
  const page = pageOf(result);
  expect(page).toContain('180 orders/s');
  expect(page).toContain('648,000');
  expect(page).toContain('≥ 300 orders/s');
  expect(page).toContain('skipped: four API processes would need as many cores; this machine has 2');
  expect(page).toContain('two API processes, 8 database connections each');
  expect(page.match(/to confirm<\/small>/g)).toHaveLength(3 * 2);
  expect(page).toContain('✗ 2,140 ms</span><small>≤ 1,000 ms</small>');
  expect(page).toContain('⊘ invalid');
  expect(page).toContain('⊘ 310 orders/s: The generator used 97.0 % of a core (need ≤ 90.0 %).');
});

test('no search, no section; a failed audit publishes no rate', () => {
  expect(pageOf(sampleResult('PASS'))).toBe('');
  const failed = { ...result, verdict: 'AUDIT_FAILED' as const };
  expect(pageOf(failed)).toContain('no rate is published');
  expect(pageOf(failed)).not.toContain('orders/s');
  expect(capacityCharts(failed)).toEqual([]);
});
