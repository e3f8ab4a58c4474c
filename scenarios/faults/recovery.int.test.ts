// A fault run on real services: a shop that comes back whole passes, one that comes back without telling anybody what became
// of their orders does not, although it accepts and stores every one of them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readFinishedRun } from '../../reports/record/read-run.ts';
import { quickly, runCommand, set, unhurriedGenerator } from '../testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-recovery-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const strikeApi = (...assignments: string[]) =>
  runCommand('scenarios/main.ts', folder, [
    'smoke',
    ...['--duration', '24', '--fault', 'api-kill@25%', '--out', join(folder, 'runs')],
    ...set([
      ...quickly,
      'orders.transport=direct',
      'load.drainSeconds=8',
      ...unhurriedGenerator,
      ...assignments,
    ]),
  ]);

// Verdicts over measured seconds: a neighbour on the machine may spoil one run, not two in a row.
describe('after its API was killed', { timeout: 300_000, retry: 1 }, () => {
  it('a shop that serves and tells as before has recovered', async () => {
    const { code, stdout, stderr } = await strikeApi('thresholds.recovered-within=60');
    expect(code, stdout + stderr).toBe(0);
    const { result } = readFinishedRun(join(folder, 'runs', 'latest'));
    expect(result.answer).toContain('and the shop was itself again after');
    expect(result.variants.direct?.metrics['fault.recoverySeconds']).toMatchObject({ unit: 's' });
  });

  it('a shop that no longer pushes outcomes has not, and fails, with every order accounted for', async () => {
    const { code, stdout, stderr } = await strikeApi(
      'thresholds.recovered-within=60',
      'shop.plantedPushLoss=1',
    );
    expect(code, stdout + stderr).toBe(1);
    const { result, manifest } = readFinishedRun(join(folder, 'runs', 'latest'));
    expect(result.verdict).toBe('FAIL');
    expect(result.answer).toMatch(
      /had not recovered .*orders after the fault were not told to their shoppers/,
    );
    expect(result.variants.direct?.audit.every(({ ok }) => ok)).toBe(true);
    expect(manifest.planted).toEqual([expect.stringContaining('without pushing any outcome')]);
  });
});
