// A comparison whose levels are multiples of what one side sustains, from the search to the page, on a target without any service:
// the same again from what was kept goes on with the rate that was found.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { formatNumber } from '../../reports/format/format.ts';
import { readFinishedRun } from '../../reports/record/read-run.ts';
import { closingText } from '../../reports/words/closing-text.ts';
import { smoke } from '../questions/smoke.ts';
import type { ScenarioOptions } from '../run/asked.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { rehearseToy, smallRun, toyFolder } from './testing/toy-run.ts';
import { breakAudits, happened } from './testing/toy-target.ts';

vi.mock('./targets.ts', async (original) => {
  const real = await original<typeof import('./targets.ts')>();
  const { toyTarget } = await import('./testing/toy-target.ts');
  return { targets: { ...real.targets, toy: toyTarget() } };
});
vi.mock('../scenario/arrivals.ts', async (original) => {
  const { arrivalsOfRequests } = await import('./testing/toy-target.ts');
  return arrivalsOfRequests(await original());
});

const folder = toyFolder();

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

/** Runs it, or goes on with a run; gives what stands in its directory. */
async function run(options: ScenarioOptions) {
  const { directory } = await rehearseToy(levelled, options, folder);
  return readFinishedRun(directory);
}

it('publishes nothing where a run that warms up fails its audit', { timeout: 120_000 }, async () => {
  breakAudits(1);
  const set = [...smallRun, 'comparison.capacityPerSecond=20'];
  const { result } = await run({ set });
  expect(result).toMatchObject({ verdict: 'AUDIT_FAILED', exitCode: 2, comparisons: [] });
  expect(Object.keys(result.variants)).toEqual(['plain@warm-up']);
  expect(closingText(result)).toContain('≠ AUDIT_FAILED');
});

it('begins with a search, of which levels, curve, manifest and page are made', {
  timeout: 240_000,
}, async () => {
  const first = await run({ set: [...smallRun] });
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
