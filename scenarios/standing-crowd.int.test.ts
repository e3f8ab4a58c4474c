// A standing crowd on the real stack: everybody is connected before the first order, nobody connects while orders are measured, and
// what the audit finds is whole.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readFinishedRun } from '../reports/record/read-run.ts';
import { rowCount } from '../reports/record/series.ts';
import { quickly, runCommand, set, unhurriedGenerator } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-crowd-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rehearse = (...assignments: string[]) =>
  runCommand('scenarios/main.ts', folder, [
    'smoke',
    ...['--duration', '6', '--out', join(folder, 'runs')],
    ...set([
      ...quickly,
      'thresholds.order-confirmed-p95=60000',
      'thresholds.http-response-p99=60000',
      ...unhurriedGenerator,
      ...assignments,
    ]),
  ]);

/** Of every second from the lead-in on. */
function connectedCount(): number {
  const [cell] = readFinishedRun(join(folder, 'runs', 'latest')).cells;
  return (cell?.series ?? []).reduce((sum, row) => sum + rowCount(row, 'socketsConnected'), 0);
}

// Verdicts over measured seconds: a neighbour on the machine may spoil one run, not two in a row.
it('orders through Kafka over sockets that were connected before, and the audit finds everything', async () => {
  const { code, stdout, stderr } = await rehearse('load.arrivals=crowd', 'load.crowdPeople=60');
  expect(code, stdout + stderr).toBe(0);
  const { result, manifest } = readFinishedRun(join(folder, 'runs', 'latest'));
  const metrics = result.variants.kafka?.metrics;
  expect(metrics?.['order.confirmed']).toMatchObject({ censoredCount: 0 });
  expect(result.variants.kafka?.generator).toMatchObject({ droppedCount: 0, noFreePersonCount: 0 });
  expect(result.variants.kafka?.audit.every(({ ok }) => ok)).toBe(true);
  expect(connectedCount()).toBe(0);
  // Nobody signs in either.
  expect(metrics).not.toHaveProperty('http.response/POST /sessions/refresh');
  expect(manifest.notes.join(' ')).toContain('a standing crowd of 60');
}, 400_000);

it('is told from a storm, in which everybody connects', async () => {
  const { code, stdout, stderr } = await rehearse('orders.transport=direct');
  expect(code, stdout + stderr).toBe(0);
  expect(connectedCount()).toBeGreaterThan(100);
}, 400_000);
