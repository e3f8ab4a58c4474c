// The command as a person types it, on real services: what it prints, records and ends with.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readFinishedRun } from '../reports/record/read-run.ts';
import { withClient } from './run/databases.ts';
import { repositoryRoot } from './run/repository.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-rehearsal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A rehearsal on a machine that does much else at the same time. */
const SLOW_MS = 180_000;
const short = ['--duration', '6', '--out', join(folder, 'runs')];
const quickly = [
  // A short past of a small shop, built in a moment.
  'data.days=20',
  'data.people=1000',
  'data.products=500',
  'load.arrivals=orders',
  'load.ordersPerSecond=5',
  'load.leadInSeconds=1',
  'load.drainSeconds=5',
  'load.warmUpOrders=20',
];
// Whether this machine is quick or slow while the tests run is not the question here.
const unhurried = [
  'thresholds.order-confirmed-p95=60000',
  'thresholds.http-response-p99=60000',
  'generator.latenessP99MsAtMost=60000',
  'generator.eventLoopLagP99MsAtMost=60000',
];

/** Runs the command with the test's services named by the environment and a lock of its own. */
function scenario(...words: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, ['-r', './deploy/require-node.cjs', 'scenarios/main.ts', ...words], {
    cwd: repositoryRoot,
    env: {
      ...process.env,
      CI: 'true',
      TMPDIR: folder,
      STAMPEDE_HOME: join(folder, 'home'),
      DATABASE_URL: process.env.STAMPEDE_TEST_DATABASE_URL,
      REDIS_URL: process.env.STAMPEDE_TEST_REDIS_URL,
      KAFKA_BROKERS: process.env.STAMPEDE_TEST_KAFKA_BROKERS,
    },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (output.stdout += chunk));
  child.stderr.on('data', (chunk) => (output.stderr += chunk));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...output })));
}

const set = (assignments: readonly string[]) => assignments.flatMap((assignment) => ['--set', assignment]);

describe('npm run scenario', () => {
  it(
    'rehearses through Kafka, audits, and leaves a page and no database behind',
    async () => {
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
      expect(run.manifest.dataSet.history).toMatchObject({ preset: 'korea', days: 20 });
      const page = readFileSync(join(folder, 'runs', 'latest', 'report.html'), 'utf8');
      expect(page).toContain('<!doctype html>');
      expect(page).toMatch(/20 days of history: [\d,]{3,} orders \(korea\)/);
      const left = await withClient(process.env.STAMPEDE_TEST_DATABASE_URL ?? '', (client) =>
        client.query("SELECT datname FROM pg_database WHERE datname ~ '^stampede_run_(?!audit|bench)'"),
      );
      expect(left.rows).toEqual([]);
      const dry = await scenario('smoke', ...short, ...set([...quickly, ...unhurried]), '--dry-run');
      expect(dry.stdout).toContain('data set: 20 days of history (korea) with 1000 people, 500 products and');
      expect(dry.stdout).toContain('; built already');
    },
    SLOW_MS,
  );

  it(
    'closes the gate with exit code 1 when a limit is missed, without the broker too',
    async () => {
      const assignments = [...quickly, ...unhurried, 'orders.transport=direct', 'thresholds.failed-ratio=0'];
      const impossible = [...assignments, 'thresholds.http-response-p99=0'];
      const { code, stdout } = await scenario('smoke', ...short, ...set(impossible));
      expect(stdout).toContain('✗ FAIL');
      expect(code).toBe(1);
      const { result } = readFinishedRun(join(folder, 'runs', 'latest'));
      expect(result.thresholds.find(({ name }) => name === 'http-response-p99')).toMatchObject({ ok: false });
      expect(result.variants.direct?.metrics['kafka.lag']).toBeUndefined();
    },
    SLOW_MS,
  );

  it('starts nothing for a command with mistakes, and says them all', async () => {
    const wrong = await scenario('pek-hour');
    expect(wrong.code).toBe(3);
    expect(wrong.stderr).toContain('Did you mean `peak-hour`?');
    const two = await scenario('smoke', ...set(['load.durationSeconds=1', 'oders.transport=direct']));
    expect(two.code).toBe(3);
    expect(two.stderr).toContain('for 2 reasons');
  });
});
