import { expect, test } from 'vitest';
import { readRun } from '../record/read-run.ts';
import { writeSyntheticRun } from '../testing/synthetic-run.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { csvField, renderSeriesCsv } from './series-csv.ts';

test('every second of every single run is a row, with a column for each process', () => {
  const root = temporaryFolder();
  const run = readRun(
    writeSyntheticRun({
      root,
      durationSeconds: 3,
      leadInSeconds: 1,
      variants: ['direct', 'kafka'],
      routeCount: 1,
    }),
  );
  const lines = renderSeriesCsv(run.cells).split('\r\n');
  const head = lines[0]!.split(',');
  expect(head.slice(0, 5)).toEqual(['variant', 'level', 'block', 'second', 'phase']);
  expect(head).toContain('cpuRatio.orders-consumer');
  expect(lines.at(-1)).toBe('');
  const seconds = run.cells.reduce((sum, cell) => sum + cell.series.length, 0);
  expect(lines).toHaveLength(1 + seconds + 1);
  for (const line of lines.slice(1, -1)) expect(line.split(',')).toHaveLength(head.length);
  const [first] = run.cells[0]!.series;
  const row = Object.fromEntries(lines[1]!.split(',').map((text, index) => [head[index], text]));
  expect(row).toMatchObject({
    variant: 'direct',
    level: '',
    block: '0',
    second: '-1',
    phase: 'lead-in',
    requestsSent: String(first!.counts.requestsSent),
    kafkaLagCount: '',
    'cpuRatio.orders-consumer': '',
  });
});

test('failures have a column for each kind: 0 where none was, empty where none was recorded', () => {
  const run = readRun(writeSyntheticRun({ root: temporaryFolder(), durationSeconds: 3, leadInSeconds: 0 }));
  const [cell] = run.cells;
  const [first, second, third] = cell!.series;
  const { failures: _, ...unrecorded } = third!;
  const series = [{ ...first!, failures: { 'GET /cart 503': 4 } }, { ...second!, failures: {} }, unrecorded];
  const lines = renderSeriesCsv([{ ...cell!, series }]).split('\r\n');
  const at = lines[0]!.split(',').indexOf('failures.GET /cart 503');
  expect(at).toBeGreaterThan(0);
  expect(lines.slice(1, 4).map((line) => line.split(',')[at])).toEqual(['4', '0', '']);
});

test('text is quoted where it must be and never a formula', () => {
  expect([csvField('a,"b"'), csvField('=1+1'), csvField(-3), csvField(null)]).toEqual([
    '"a,""b"""',
    "'=1+1",
    '-3',
    '',
  ]);
});
