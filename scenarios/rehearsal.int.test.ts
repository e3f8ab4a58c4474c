// The command as a person types it, on real services: what it prints, records and ends with.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readFinishedRun } from '../reports/record/read-run.ts';
import { withClient } from './run/databases.ts';
import { quickly, runCommand, set, unhurriedGenerator } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-rehearsal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const short = ['--duration', '6', '--out', join(folder, 'runs')];
const unhurried = [
  'thresholds.order-confirmed-p95=60000',
  'thresholds.http-response-p99=60000',
  ...unhurriedGenerator,
];
const scenario = (...words: string[]) => runCommand('scenarios/main.ts', folder, words);

async function databases(): Promise<string[]> {
  const { rows } = await withClient(process.env.STAMPEDE_TEST_DATABASE_URL ?? '', (client) =>
    client.query("SELECT datname FROM pg_database WHERE datname ~ '^stampede_run_(?!audit|bench)'"),
  );
  return rows.map(({ datname }) => String(datname));
}

describe('npm run scenario', { timeout: 300_000 }, () => {
  it('rehearses through Kafka, audits, and leaves a page and no database behind', async () => {
    const { code, stdout, stderr } = await scenario(
      'smoke',
      ...short,
      ...set([...quickly, ...unhurried]),
      '--json',
    );
    expect(stderr).toContain('The page: ');
    expect(code, stderr).toBe(0);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ verdict: 'PASS', exitCode: 0, cells: [{ variant: 'kafka' }] });
    expect(result.variants.kafka.audit.every((finding: { ok: boolean }) => finding.ok)).toBe(true);
    const run = readFinishedRun(join(folder, 'runs', 'latest'));
    expect(run.manifest.replayCommand).toContain('npm run scenario -- smoke --seed 1');
    expect(readFileSync(join(folder, 'runs', 'latest', 'report.html'), 'utf8')).toContain('<!doctype html>');
    // Other test files may be rehearsing too: theirs go when their cell ends, one left behind never does.
    const found = await databases();
    const stillThere = async () => (await databases()).filter((name) => found.includes(name));
    await expect.poll(stillThere, { timeout: 120_000, interval: 500 }).toEqual([]);
  });

  it('closes the gate with exit code 1 when a limit is missed, without the broker too', async () => {
    const assignments = [...quickly, ...unhurried, 'orders.transport=direct', 'thresholds.failed-ratio=0'];
    const impossible = [...assignments, 'thresholds.http-response-p99=0'];
    const { code, stdout } = await scenario('smoke', ...short, ...set(impossible));
    expect(stdout).toContain('✗ FAIL');
    expect(code).toBe(1);
    const { result } = readFinishedRun(join(folder, 'runs', 'latest'));
    expect(result.thresholds.find(({ name }) => name === 'http-response-p99')).toMatchObject({ ok: false });
    expect(result.variants.direct?.metrics['kafka.lag']).toBeUndefined();
  });

  it('starts nothing for a command with mistakes, and says them all', async () => {
    const wrong = await scenario('pek-hour');
    expect(wrong.code).toBe(3);
    expect(wrong.stderr).toContain('Did you mean `peak-hour`?');
    const two = await scenario('smoke', ...set(['load.durationSeconds=1', 'oders.transport=direct']));
    expect(two.code).toBe(3);
    expect(two.stderr).toContain('for 2 reasons');
  });
});
