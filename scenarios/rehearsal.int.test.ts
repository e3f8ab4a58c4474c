// The command as a person types it, on real services: what it prints, records and ends with.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../deploy/local/programs/find-browser.ts';
import { readFinishedRun } from '../reports/record/read-run.ts';
import { rowCount } from '../reports/record/series.ts';
import { pageSentences } from '../reports/words/page-words.ts';
import { withClient } from './data/databases.ts';
import { quickly, runCommand, set, unhurriedGenerator } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-rehearsal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A rehearsal on a machine that does much else at the same time. */
const SLOW_MS = 400_000;
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

// Verdicts over measured seconds: a neighbour on the machine may spoil one run, not two in a row.
describe('npm run scenario', { timeout: SLOW_MS, retry: 1 }, () => {
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
    expect(run.manifest.dataSet.history).toMatchObject({ preset: 'korea', days: 20 });
    const page = readFileSync(join(folder, 'runs', 'latest', 'report.html'), 'utf8');
    expect(page).toContain('<!doctype html>');
    expect(page).toMatch(/20 days of history: [\d,]{3,} orders \(korea\)/);
    // Other test files may be rehearsing too: theirs go when their cell ends, one left behind never does.
    const found = await databases();
    const stillThere = async () => (await databases()).filter((name) => found.includes(name));
    await expect.poll(stillThere, { timeout: 120_000, interval: 500 }).toEqual([]);
    const dry = await scenario('smoke', ...short, ...set([...quickly, ...unhurried]), '--dry-run');
    expect(dry.stdout).toContain('data set: 20 days of history (korea) with 1000 people, 500 products and');
    expect(dry.stdout).toContain('; built already');
  });

  it('closes the gate with exit code 1 when a limit is missed, without the broker too', async () => {
    // At the rate of the busiest hour, whose pages show live counters: what a browser sees among it is printed, and judged by no clock.
    const hour = ['data.days=20', 'data.people=10000', 'data.products=500', 'counters.watch=on'];
    const around = ['load.leadInSeconds=1', 'load.drainSeconds=5', 'load.warmUpOrders=20'];
    const impossible = ['thresholds.failed-ratio=0', 'thresholds.http-response-p99=0'];
    const assignments = [...hour, ...around, ...impossible, ...unhurriedGenerator, 'orders.transport=direct'];
    // Beside the load, and watched; where there is no Chromium nobody walks.
    const hasChromium = 'path' in findBrowser(process.env);
    const beside = [...(hasChromium ? ['--browsers', '1'] : []), '--live', '0'];
    const longer = ['--duration', '12', '--out', join(folder, 'runs')];
    const { code, stdout } = await scenario('peak-hour', ...longer, ...set(assignments), ...beside);
    expect(stdout).toMatch(/^Live: http:\/\/127\.0\.0\.1:\d+\/live$/m);
    expect(stdout).toContain('✗ FAIL');
    expect(code).toBe(1);
    const { result } = readFinishedRun(join(folder, 'runs', 'latest'));
    expect(result.thresholds.find(({ name }) => name === 'http-response-p99')).toMatchObject({ ok: false });
    expect(result.variants.direct?.metrics['kafka.lag']).toBeUndefined();
    expect(result.variants.direct?.audit.every(({ ok }) => ok)).toBe(true);
    // How far a window comes in so short a time, behind all else on the machine, is not the question.
    for (const sentence of pageSentences(result)) console.log(sentence);
    const pages = result.variants.direct?.pages ?? [];
    expect(pages[0]?.page).toBe(hasChromium ? 'home' : undefined);
    for (const { viewCount, failedCount, lcpMs, cls } of pages) {
      expect(lcpMs?.count).toBeGreaterThan(0);
      expect(cls?.count ?? 0).toBe(viewCount - failedCount);
    }
    const limits = result.thresholds.flatMap(({ name }) => (name.startsWith('page-') ? [name] : []));
    expect(limits.toSorted()).toEqual(hasChromium ? ['page-cls-p75', 'page-inp-p75', 'page-lcp-p75'] : []);
  });

  it('lets people sign up through the shop’s API, who then order like everybody, and audits them', async () => {
    const growth = ['growth.model=bass', 'growth.signUpsPerSecond=1', 'load.httpDeadlineMs=30000'];
    const { code, stdout, stderr } = await scenario(
      'smoke',
      ...short,
      ...set([...quickly, ...unhurried, ...growth, 'orders.transport=direct']),
      '--json',
    );
    expect(code, stderr).toBe(0);
    const result = JSON.parse(stdout);
    expect(result.answer).toContain('6 of 6 newcomers signed up');
    const { metrics, audit } = result.variants.direct;
    expect(metrics['signUps.confirmed']).toEqual({ unit: 'people', value: 6 });
    expect(metrics['signUp.confirmed']).toMatchObject({ count: 6, censoredCount: 0 });
    expect(metrics['http.service/POST /customers'].count).toBe(6);
    const rule = audit.find((finding: { rule: string }) => finding.rule === 'sign-ups-happen-once');
    // The six forms, and the six who stand in the database.
    expect(rule).toMatchObject({ ok: true, checkedCount: 12 });
    const run = join(folder, 'runs', 'latest');
    const [cell] = readFinishedRun(run).cells;
    const plan = JSON.parse(readFileSync(join(run, 'cells', 'direct', '0', 'plan.json'), 'utf8'));
    expect(plan.newcomers).toHaveLength(6);
    // Each session places one order, so what is more came from newcomers.
    const orderCount = cell?.series.reduce((sum, row) => sum + rowCount(row, 'ordersAttempted'), 0);
    expect(orderCount).toBeGreaterThan(plan.sessions.length);
    expect(readFileSync(join(run, 'report.html'), 'utf8')).toContain('<section id="growth"');
  });

  // On more cores the sixteen would be searched as well.
  it.skipIf(availableParallelism() < 2 || availableParallelism() >= 16)(
    'searches a rate over two API processes, audits every probe, and answers what a long one confirmed',
    async () => {
      const search = [
        ...quickly,
        'capacity.searched=kafka',
        'capacity.apiProcesses=2,16',
        'capacity.startPerSecond=10',
        'capacity.leastPerSecond=10',
        'capacity.maxProbes=4',
        'load.crowdPeople=100',
        'capacity.probeSeconds=4',
        'capacity.confirmSeconds=4',
      ];
      // Whether this machine keeps up is not the question; that rates, cells and answer fit together is.
      const anyhow = [
        'thresholds.order-confirmed-p95=60000',
        'thresholds.failed-ratio=1',
        'thresholds.kept-up=0',
      ];
      const out = ['--out', join(folder, 'runs')];
      const { code, stdout, stderr } = await scenario(
        'capacity',
        ...out,
        ...set([...search, ...anyhow, ...unhurriedGenerator]),
        '--json',
      );
      expect(code, stderr).toBe(0);
      const result = JSON.parse(stdout);
      const [two, sixteen] = result.capacity;
      expect(two).toMatchObject({
        transport: 'kafka',
        apiProcesses: 2,
        connectionsPerApi: 6,
        outcome: 'found',
      });
      expect(two.probes.map(({ kind }: { kind: string }) => kind)).toEqual([
        'bracket',
        'confirm',
        'confirm',
        'confirm',
      ]);
      const confirmed = two.probes.filter(({ kind }: { kind: string }) => kind === 'confirm');
      expect(two.sustainedPerSecond).toBe(
        Math.max(...confirmed.map((probe: { perSecond: number }) => probe.perSecond)),
      );
      expect(result.answer).toContain(
        `Kafka with two API processes sustains ${two.sustainedPerSecond} orders/s`,
      );
      expect(sixteen).toMatchObject({ outcome: 'skipped', probes: [] });
      expect(result.cells).toHaveLength(4);
      for (const cell of result.cells) {
        expect(cell.audit.length).toBeGreaterThan(5);
        expect(cell.audit.every(({ ok }: { ok: boolean }) => ok)).toBe(true);
      }
      const run = readFinishedRun(join(folder, 'runs', 'latest'));
      // Both took their share of the requests.
      const processes = new Set(
        run.cells.flatMap(({ series }) => series.flatMap((row) => Object.keys(row.cpuRatios))),
      );
      expect([...processes]).toEqual(expect.arrayContaining(['api', 'api-2']));
      expect(readFileSync(join(folder, 'runs', 'latest', 'report.html'), 'utf8')).toContain(
        '<section id="capacity"',
      );
    },
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
