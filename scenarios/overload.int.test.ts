// Whose fault is it? An overloaded generator must not be read as a slow shop, and an overloaded shop must not be flattered
// by what it left unanswered. Both overloads are real: services, shop and generator as in any rehearsal.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readFinishedRun } from '../reports/record/read-run.ts';
import type { LatencySummary } from '../reports/record/result.ts';
import { runCommand, set, unhurriedGenerator } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-overload-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const latest = join(folder, 'runs', 'latest');
const scenario = (...assignments: string[]) =>
  runCommand('scenarios/main.ts', folder, ['smoke', '--out', join(folder, 'runs'), ...set(assignments)]);
const page = () => readFileSync(join(latest, 'report.html'), 'utf8');

// Verdicts over measured seconds: a neighbour on the machine may spoil one run, not two in a row.
describe('an overload', { timeout: 300_000, retry: 1 }, () => {
  it('of the generator makes the run INVALID, whatever the shop did', async () => {
    // Fifteen hundred people a second, each with a socket and several requests, are more than one thread can serve. They take
    // their time, so that thousands are planned for: who is not free to come back is the shop's failure. Held to the limits of
    // peak-hour, for those of smoke forgive half a second.
    const { code, stdout } = await scenario(
      'data.days=20',
      'data.people=40000',
      'data.products=500',
      'load.sessionsPerSecond=1500',
      'load.thinkTimeCompression=150',
      'load.durationSeconds=5',
      'generator.latenessP99MsAtMost=50',
      'generator.eventLoopLagP99MsAtMost=50',
      'load.leadInSeconds=0',
      'load.drainSeconds=2',
      'load.warmUpOrders=10',
      'load.httpDeadlineMs=1000',
      'load.outcomeDeadlineMs=1000',
    );
    expect(code, stdout).toBe(2);
    const { result } = readFinishedRun(latest);
    expect(result.verdict).toBe('INVALID');
    const [variant] = Object.values(result.variants);
    expect(variant?.generator.ok).toBe(false);
    expect(variant?.generator.reasons.join(' ')).toMatch(/late|lagged|of a core/);
    expect(stdout).toContain('⊘ INVALID');
    expect(stdout).toContain(
      'These latencies describe the generator, not the shop. Lower the rate or add workers.',
    );
    expect(page()).toMatch(/<p class="banner void" role="alert"><strong>⊘ INVALID<\/strong> These latencies/);
  });

  it('of the shop makes it FAIL, and what had no answer stands in the tail at its deadline', async () => {
    // Two connections, each held for 400 ms by an order: five orders a second, and twenty come.
    const { code, stdout } = await scenario(
      'orders.transport=direct',
      'shop.databaseConnections=2',
      'shop.plantedOrderDelayMs=400',
      'data.people=2000',
      'data.products=1000',
      'load.arrivals=orders',
      'load.ordersPerSecond=20',
      'load.durationSeconds=8',
      'load.leadInSeconds=0',
      'load.drainSeconds=5',
      'load.warmUpOrders=5',
      'load.httpDeadlineMs=2000',
      'load.outcomeDeadlineMs=2000',
      'thresholds.order-confirmed-p95=1000',
      ...unhurriedGenerator,
    );
    expect(code, stdout).toBe(1);
    const { result, cells } = readFinishedRun(latest);
    expect(result.verdict).toBe('FAIL');
    const [variant] = Object.values(result.variants);
    expect(variant?.generator).toMatchObject({ ok: true, reasons: [] });
    const confirmed = variant?.metrics['order.confirmed'] as LatencySummary;
    // Nobody is left out: of whoever came, at least one request is counted, answered or not.
    const responses = variant?.metrics['http.response'] as LatencySummary;
    expect(responses.count).toBeGreaterThanOrEqual(variant?.generator.startedCount ?? Number.NaN);
    expect(responses.p99).toBeGreaterThanOrEqual(2_000);
    expect(confirmed.censoredCount).toBeGreaterThan(0.1 * confirmed.count);
    expect(confirmed.p99).toBeGreaterThanOrEqual(2_000);
    expect(page()).toContain('≥ 2,0');
    // Each second tells what failed in it, so that a chosen span of the page does.
    const failedBySecond = cells.flatMap(({ series }) => series.map(({ failures }) => failures));
    expect(failedBySecond).not.toContain(undefined);
    const kinds = failedBySecond.flatMap((failures) => Object.keys(failures ?? {}));
    expect(kinds.some((kind) => kind.includes('POST /orders'))).toBe(true);
    expect(variant?.audit.every(({ ok }) => ok)).toBe(true);
  });
});
