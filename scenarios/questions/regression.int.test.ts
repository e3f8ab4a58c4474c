// Does the gate close? A run of the shop as it is becomes the baseline; the shop as it is keeps to it, and the same shop
// with 200 ms planted in every payment does not. All three are whole rehearsals on real services.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readFinishedRun } from '../../reports/record/read-run.ts';
import { type Ended, runCommand, set, unhurriedGenerator } from '../testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-regression-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const settings = [
  'orders.transport=direct',
  'data.days=20',
  'data.people=1000',
  'data.products=500',
  // Of twenty orders a second hardly one is open at a time, and all who stand ready connect anew in each of fifteen cells.
  'load.crowdPeople=40',
  'load.durationSeconds=5',
  'load.leadInSeconds=0',
  'load.drainSeconds=1',
  'load.warmUpOrders=30',
  'thresholds.order-confirmed-p95=60000',
  ...unhurriedGenerator,
];

/** Of one cell each. Fewer cannot settle anything; what is planted is so large that no noise of a machine hides it. */
const BLOCKS = 5;

/**
 * Between two runs the neighbours of this machine may change by themselves: an unchanged shop is given room for that. The
 * planted delay is many times the scenario's own margin.
 */
const roomy = ['comparison.marginRatio=0.6'];

function rehearse(blocks: number, assignments: readonly string[], ...more: string[]): Promise<Ended> {
  const runs = ['--blocks', String(blocks), '--out', join(folder, 'runs')];
  return runCommand('scenarios/main.ts', folder, [
    'regression',
    ...runs,
    ...set([...settings, ...assignments]),
    ...more,
  ]);
}

function judged() {
  const { result } = readFinishedRun(join(folder, 'runs', 'latest'));
  const found = result.comparisons.find(({ role, kind }) => role === 'primary' && kind === 'separate');
  if (found === undefined) throw new Error('the run was not held against its baseline');
  return found;
}

// Verdicts over measured seconds: a neighbour on the machine may spoil one run, not two in a row.
describe('the gate against a baseline', { timeout: 600_000, retry: 1 }, () => {
  it('lets the shop pass that did not change, and closes with exit code 1 when orders take 200 ms more', async () => {
    const first = await rehearse(BLOCKS, []);
    expect(first.code, first.stdout + first.stderr).toBe(0);
    expect(first.stdout).toContain('there was nothing to compare with');
    const saved = await runCommand('reports/compare/baseline-main.ts', folder, ['save', 'before']);
    expect(saved.code, saved.stderr).toBe(0);

    const unchanged = await rehearse(BLOCKS, roomy, '--baseline', 'before');
    expect(judged().verdict, judged().sentence).not.toBe('SLOWER');
    expect(unchanged.code, unchanged.stdout).toBe(0);

    const slowed = await rehearse(BLOCKS, ['shop.plantedOrderDelayMs=200'], '--baseline', 'before');
    expect(judged(), judged().sentence).toMatchObject({
      verdict: 'SLOWER',
      metric: 'order.confirmed',
      statistic: 'p50',
      declared: true,
    });
    expect(slowed.code, slowed.stdout).toBe(1);
    expect(slowed.stdout).toContain('✗ FAIL');
    // Nobody may take the planted figures for the shop's.
    expect(slowed.stdout).toContain(
      'Planted in the shop on purpose: every payment is made to take 200 ms longer',
    );
    const page = readFileSync(join(folder, 'runs', 'latest', 'report.html'), 'utf8');
    expect(page).toContain('<strong>PLANTED</strong>');
    const { manifest } = readFinishedRun(join(folder, 'runs', 'latest'));
    expect(manifest.noise).toMatchObject({ expectedSd: 0.07 });
    expect(slowed.stdout).toMatch(/The machine is (quiet|noisy)/);
    expect(manifest.replayCommand).toContain('shop.plantedOrderDelayMs=200');
  });
});
