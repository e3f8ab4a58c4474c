import { expect, it } from 'vitest';
import { judged, notRun, reported } from '../bench.ts';
import { benchTable } from './bench-table.ts';

it('shows figures beside their limits, in columns', () => {
  const rows = [
    judged('recorder.sample', 123.456, 'ns', { atMost: 300 }),
    judged('drain.rateRatio', 0.4321, 'ratio', { atLeast: 0.5 }),
    reported('drain.sql', 12_345.6, 'orders/s'),
    notRun('engine.k6', 'ratio', { atMost: 0.4 }, 'no k6 on PATH'),
  ];
  expect(benchTable(rows)).toBe(
    [
      '✓  recorder.sample           123 ns  (≤ 300)',
      '✗  drain.rateRatio      0.432 ratio  (≥ 0.5)',
      '·  drain.sql        12,346 orders/s',
      '·  engine.k6                      –  (≤ 0.4) not run: no k6 on PATH',
      '',
    ].join('\n'),
  );
});

it('is empty without rows', () => expect(benchTable([])).toBe(''));
