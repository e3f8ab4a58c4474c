import { expect, test } from 'vitest';
import type { ComparisonResult, RunResult } from '../record/result.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { syntheticComparisons } from '../testing/synthetic-comparisons.ts';
import { paidTable, waitTable } from './wait-table.ts';

type Own = Partial<ComparisonResult> & Pick<ComparisonResult, 'metric' | 'statistic' | 'role'>;

/** SLOWER by a third; sides and values as given. */
function compared(own: Own): ComparisonResult {
  const [, slower] = syntheticComparisons('direct', 'kafka', 12);
  return { ...slower!, ...own };
}

const ms = (baseline: number, candidate: number) => ({ unit: 'ms', baseline, candidate });

function atLevel(level: string | null): ComparisonResult[] {
  const order = { metric: 'order.confirmed', level };
  return [
    compared({ ...order, statistic: 'p50', role: 'primary', means: ms(5.6, 10.8) }),
    compared({ ...order, statistic: 'p95', role: 'exploratory', means: ms(9.9, 19.2) }),
    compared({ ...order, statistic: 'p50', role: 'primary', candidate: 'batched', means: ms(5.6, 8.3) }),
    compared({ ...order, statistic: 'p50', role: 'primary', baseline: 'batched', means: ms(8.3, 10.8) }),
    compared({
      metric: 'cpu.perOrderMs',
      statistic: 'value',
      role: 'exploratory',
      level,
      means: ms(4.9, 9.9),
    }),
    compared({ metric: 'orders.perSecond', statistic: 'value', role: 'exploratory', level }),
  ];
}

const result = (comparisons: ComparisonResult[]): RunResult => ({ ...sampleResult('PASS'), comparisons });

test('a row a load, a typical and a slow order of each variant, each with its word against the first', () => {
  const table = waitTable(result([...atLevel('light'), ...atLevel('near')]));
  expect(table?.columns).toEqual(
    ['direct', 'kafka', 'batched'].flatMap((variant) => [
      { variant, what: 'typical order' },
      { variant, what: 'slow order (p95)' },
    ]),
  );
  expect(table?.rows.map(({ place }) => place)).toEqual(['at light', 'at near']);
  const [row] = table?.rows ?? [];
  expect(row?.cells.map((cell) => [cell?.value, cell?.verdict?.word])).toEqual([
    ['5.6 ms', undefined],
    ['9.9 ms', undefined],
    ['10.8 ms', '✗ SLOWER'],
    ['19.2 ms', '✗ SLOWER'],
    ['8.3 ms', '✗ SLOWER'],
    [undefined, undefined],
  ]);
  expect(row?.cells[2]?.verdict?.change).toMatch(/^\+3\d\.\d %$/);
  expect(table?.caption).toBe(
    'Each against direct; a word is said where the whole 95 % interval lies beyond ±3 % or within it.',
  );
});

test('without loads a row is what was compared', () => {
  const table = waitTable(result(atLevel(null)));
  expect(table?.columns.map(({ variant }) => variant)).toEqual(['direct', 'kafka', 'batched']);
  expect(table?.rows.map(({ place }) => place)).toEqual(['typical order', 'slow order (p95)']);
});

test('what is paid stands in a table of its own, beside rates that are told elsewhere', () => {
  const table = paidTable(result(atLevel(null)));
  expect(table?.rows.map(({ place, cells }) => [place, ...cells.map((cell) => cell?.value)])).toEqual([
    ['CPU an order', '4.9 ms', '9.9 ms'],
  ]);
});

test('a kept baseline is a column of its own', () => {
  const own = {
    metric: 'order.confirmed',
    statistic: 'p50',
    role: 'primary' as const,
    kind: 'separate' as const,
  };
  const table = waitTable(
    result([compared({ ...own, baseline: 'kafka', candidate: 'kafka', means: ms(5.6, 10.8) })]),
  );
  expect(table?.columns.map(({ variant }) => variant)).toEqual(['the baseline', 'kafka']);
  expect(table?.rows[0]?.cells.map((cell) => cell?.value)).toEqual(['5.6 ms', '10.8 ms']);
});

test('there is no table where nothing was compared, nor where the run publishes no result', () => {
  expect(waitTable(result([]))).toBeNull();
  expect(waitTable({ ...result(atLevel(null)), verdict: 'INVALID' })).toBeNull();
  expect(waitTable({ ...result(atLevel(null)), verdict: 'AUDIT_FAILED' })).toBeNull();
});
