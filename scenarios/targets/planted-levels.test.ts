// A comparison whose levels are multiples of what one side sustains, from the search to the page, on a target without any service:
// the same again from what was kept goes on with the rate that was found.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { formatNumber } from '../../reports/format/format.ts';
import { readFinishedRun } from '../../reports/record/read-run.ts';
import { closingText } from '../../reports/words/closing-text.ts';
import { readCommandLine } from '../ask/command-line.ts';
import { createView } from '../cell/live-view.ts';
import { smoke } from '../questions/smoke.ts';
import { rehearse } from '../run/rehearse.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { unhurriedGenerator } from '../testing.ts';
import { breakAudits, happened } from './testing/toy-target.ts';

vi.mock('./targets.ts', async (original) => {
  const real = await original<typeof import('./targets.ts')>();
  const { toyTarget } = await import('./testing/toy-target.ts');
  return { targets: { ...real.targets, toy: toyTarget() } };
});
vi.mock('../scenario/arrivals.ts', async (original) => {
  const real = await original<typeof import('../scenario/arrivals.ts')>();
  const { arrivalsOfRequests } = await import('./testing/toy-target.ts');
  const sessions = arrivalsOfRequests(real.arrivalKinds.sessions);
  return { ...real, arrivalKinds: { ...real.arrivalKinds, sessions } };
});

const folder = mkdtempSync(join(tmpdir(), 'stampede-levels-'));
beforeAll(() => {
  vi.stubEnv('TMPDIR', folder);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const levelled: Scenario = {
  ...smoke,
  name: 'levelled',
  title: 'Levels of a capacity',
  question: 'Which is better, from light to overrun?',
  target: 'toy',
  answer: 'which-is-better',
  thresholds: {},
  comparison: {
    variants: { plain: [], fancy: ['load.passwordSignInRatio=0'] },
    levels: { light: [] },
    pairs: [{ baseline: 'plain', candidate: 'fancy', tells: 'fancy' }],
    ofCapacity: {
      variant: 'plain',
      set: [],
      levels: { light: 0.5, 'warm-up': 1 },
      curve: [2],
      curveSet: [],
      crowdSeconds: 1,
      expectedPerSecond: 10,
      search: {
        set: ['load.leadInSeconds=0'],
        startPerSecond: 20,
        leastPerSecond: 5,
        growthFactor: 2,
        toleranceRatio: 0.5,
        probeSeconds: 2,
        confirmSeconds: 2,
        maxProbes: 4,
        thresholds: { slow: { metric: 'http.response', statistic: 'p50', atMost: 60_000 } },
      },
    },
    capacityPerSecond: 0,
    warmUp: { variants: ['plain'], set: [], mostRounds: 1, steadyRatio: 0.5 },
    strikes: [{ fault: 'drop', atRatio: 0.5 }],
    blocks: 1,
    quick: { levels: ['light'], blocks: 1, set: [] },
    primary: [{ metric: 'http.response', statistic: 'p50' }],
    exploratory: [],
    marginRatio: 0.05,
    expectedSd: 0.07,
    restsOn: [],
    declared: false,
  },
};

const small = [
  'data.people=1000',
  'data.products=500',
  'data.days=20',
  'load.sessionsPerSecond=20',
  'load.durationSeconds=5',
  'load.leadInSeconds=0',
  'load.drainSeconds=1',
  'load.warmUpOrders=0',
  ...unhurriedGenerator,
];

const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6;

/** Runs it, or goes on with a run; gives what stands in its directory, and what was said. */
async function run(options: { set: string[]; resume?: string; resumeAnyway?: boolean }) {
  const asked = readCommandLine([levelled], 'levelled', options, folder, 2);
  if (asked.kind === 'mistakes') throw new Error(asked.mistakes.join(' '));
  const written: string[] = [];
  const screen = new Writable({
    write(chunk, _encoding, done) {
      written.push(`${chunk}`);
      done();
    },
  });
  const view = createView(screen as unknown as NodeJS.WriteStream, monotonicMs);
  const { directory } = await rehearse({
    ...asked,
    baseline: null,
    coreCount: 2,
    runsFolder: folder,
    view,
    stop: new AbortController().signal,
    monotonicMs,
  });
  view.close();
  return { ...readFinishedRun(directory), said: written.join('') };
}

it('publishes nothing where a run that warms up fails its audit', { timeout: 120_000 }, async () => {
  breakAudits(1);
  const set = [...small, 'comparison.capacityPerSecond=20'];
  const { result } = await run({ set });
  expect(result).toMatchObject({ verdict: 'AUDIT_FAILED', exitCode: 2, comparisons: [] });
  expect(Object.keys(result.variants)).toEqual(['plain@warm-up']);
  expect(closingText(result)).toContain('≠ AUDIT_FAILED');
});

it('begins with a search, of which levels, curve, manifest and page are made', {
  timeout: 240_000,
}, async () => {
  const first = await run({ set: small });
  const { result, manifest } = first;
  const perSecond = result.ofCapacity?.perSecond ?? 0;
  expect(result.ofCapacity).toMatchObject({ variant: 'plain', origin: 'searched', arrivals: 'sessions' });
  expect(perSecond).toBeGreaterThanOrEqual(20);
  expect(manifest.capacityPerSecond).toBe(perSecond);
  const [light, double] = [0.5, 2].map((ratio) => Number((ratio * perSecond).toPrecision(3)));
  expect(manifest.notes.join(' ')).toContain(`${light} sessions/s`);
  expect(
    result.levels?.map(({ variant, level, offeredPerSecond }) => [variant, level, offeredPerSecond]),
  ).toEqual([
    ['plain', 'light', light],
    ['fancy', 'light', light],
    ['plain', '200-percent', double],
    ['fancy', '200-percent', double],
  ]);
  expect(result.crossings).toHaveLength(1);
  expect(result.warmUp).toMatchObject({ isSteady: false, variants: [{ variant: 'plain' }] });
  // Neither the curve nor what was struck is a side of the comparison.
  expect(Object.keys(result.variants)).toEqual(['plain@light', 'fancy@light']);
  expect(result.comparisons.map(({ level }) => level)).toEqual(['light']);
  expect(happened.filter((what) => what === 'drop')).toHaveLength(2);
  const closing = closingText(result);
  expect(closing).toContain(
    `Levels are multiples of what plain sustains: ${formatNumber(perSecond)} sessions/s`,
  );
  expect(closing).toContain('Warmed up by 1 run that is not measured');
  const page = readFileSync(join(first.directory, 'report.html'), 'utf8');
  expect(page).toContain('From a light load to an overrun shop');
  expect(page).toContain('data-chart="curve/levels-completed"');

  const startedCount = happened.filter((what) => what === 'stopped').length;
  const again = await run({ set: [], resume: first.directory, resumeAnyway: true });
  expect(happened.filter((what) => what === 'stopped')).toHaveLength(startedCount);
  expect(again.result.ofCapacity).toEqual(result.ofCapacity);
  expect(again.result.levels).toEqual(result.levels);
});
