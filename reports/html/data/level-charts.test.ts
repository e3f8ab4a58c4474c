import { expect, it } from 'vitest';
import type { LevelFigures, StrikeResult, WarmUpResult } from '../../record/of-capacity.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { RunResult } from '../../record/result.ts';
import { sampleResult } from '../../testing/sample-result.ts';
import { closingText } from '../../words/closing-text.ts';
import { strikeSentence, warmUpSentence } from '../../words/of-capacity-words.ts';
import { levelSection, strikeSection } from '../sections/levels.ts';
import { levelCharts } from './level-charts.ts';

const figures = (
  variant: string,
  level: string,
  ratio: number,
  own: Partial<LevelFigures> = {},
): LevelFigures => ({
  variant,
  level,
  ratio,
  hasBurst: false,
  offeredPerSecond: 1_000 * ratio,
  completedPerSecond: 1_000 * Math.min(1, ratio),
  keptUpRatio: Math.min(1, 1 / ratio),
  refusedPerSecond: 0,
  noPersonPerSecond: 0,
  p50: { ms: 8, isAtLeast: false },
  p95: { ms: 20, isAtLeast: false },
  accepted: { means: 'placed', p50: { ms: 7, isAtLeast: false } },
  mostOpenCount: 12,
  mostBehindBrokerCount: null,
  drainedAfterSeconds: 1,
  waits: [
    { stage: 'HTTP', meanMs: 1 },
    { stage: 'Commit', meanMs: 3 },
    { stage: 'Push', meanMs: 0.1 },
  ],
  cpuPerOrderMs: 1.2,
  databaseCpuPerOrderMs: 0.6,
  runCount: 4,
  ...own,
});

const strike: StrikeResult = {
  variant: 'direct-batched',
  level: 'burst-api-kill',
  label: 'API killed',
  second: 8,
  attemptedCount: 27_000,
  acceptedCount: 26_000,
  acceptedOpenCount: 0,
  refusedCount: 40,
  inHandCount: 210,
  inHandPlacedCount: 30,
  afterwardsCount: 750,
  auditOk: true,
};

const result: RunResult = {
  ...sampleResult('PASS'),
  ofCapacity: {
    variant: 'direct',
    arrivals: 'orders',
    perSecond: 1_000,
    origin: 'searched',
    isAtLeast: false,
    reason: 'confirmed at 1000/s, failed at 1100/s in an equally long probe',
    probes: [],
  },
  levels: [
    figures('direct', 'far-over', 3, {
      p50: { ms: 30_015, isAtLeast: true },
      refusedPerSecond: 1_500,
      noPersonPerSecond: 120,
    }),
    figures('kafka', 'far-over', 3, { mostBehindBrokerCount: 4_000, drainedAfterSeconds: null }),
    figures('direct', 'light', 0.1),
    figures('kafka', 'light', 0.1),
    figures('direct', 'burst', 0.1, { hasBurst: true, offeredPerSecond: 3_000 }),
  ],
  crossings: [
    {
      baseline: 'direct',
      candidate: 'kafka',
      outcome: 'crosses',
      slowerUpTo: 100,
      costMs: 6,
      fasterFrom: 3_000,
      baselineHoldsTo: 100,
      candidateHoldsTo: 3_000,
      mostOffered: 3_000,
      sentence: 'Up to about 100 orders/s kafka costs 6 ms.',
    },
  ],
  strikes: [strike],
};

const pageOf = (of: RunResult) =>
  [levelSection, strikeSection].map((make) => make({ result: of } as FinishedRun)?.markup ?? '').join('');

it('draws each side over the offered rate, lowest first and without bursts, a wait that was cut off as such', () => {
  const charts = levelCharts(result);
  expect(charts.map(({ id }) => id)).toEqual(['levels-p50', 'levels-p95', 'levels-completed']);
  const [direct] = charts[0]!.lines;
  expect(direct).toMatchObject({ label: 'direct', rates: [100, 3_000], values: [8, 30_015] });
  expect(direct!.texts).toEqual([null, '≥ 30 s']);
  expect(charts[2]!.lines.at(-1)).toMatchObject({ rates: [100, 3_000], values: [100, 3_000], isLimit: true });
});

it('says the crossing first, then each level with where orders waited and what accepted means, then what was lost', () => {
  const page = pageOf(result);
  expect(page).toContain('Levels are multiples of what direct sustains: 1,000 orders/s');
  expect(page.indexOf('Up to about 100 orders/s')).toBeLessThan(page.indexOf('curve/levels-p50'));
  expect(page).toContain('Commit 73 %, HTTP 24 %');
  expect(page).toContain('120 not sent: nobody free');
  expect(page).toContain('not seen');
  expect(page).toContain('<small>placed</small>');
  expect(page).toContain('When a fault struck');
});

it('is withheld where the audit failed, and claims no crossing of a generator', () => {
  expect(pageOf({ ...result, verdict: 'AUDIT_FAILED' })).toBe('');
  expect(levelCharts({ ...result, verdict: 'AUDIT_FAILED' })).toEqual([]);
  expect(pageOf({ ...result, verdict: 'INVALID' })).not.toContain('Up to about');
  expect(closingText({ ...result, verdict: 'INVALID' })).not.toContain('Up to about');
  expect(closingText(result)).toContain('Up to about 100 orders/s kafka costs 6 ms.');
});

it('tells what was in hand when a fault struck, and what of it was placed', () => {
  expect(strikeSentence(strike)).toBe(
    'direct-batched, API killed at second 8 of burst-api-kill: none of 26,000 accepted orders was lost; 210 orders sent before it were never answered, 30 of them placed all the same and 180 not; 750 orders after it had no answer, 40 of 27,000 in all were refused.',
  );
  expect(strikeSentence({ ...strike, level: null })).toContain('API killed at second 8: none of');
  const { ofCapacity: _, ...uncapped } = result;
  expect(pageOf(uncapped)).toContain('When a fault struck');
  expect(strikeSentence({ ...strike, auditOk: false, inHandCount: 0 })).toContain(
    'the audit found what was lost',
  );
});

it('says of runs that nobody measured whether they were steady', () => {
  const warmUp: WarmUpResult = {
    mostRounds: 4,
    isSteady: true,
    steadyRatio: 0.05,
    variants: [{ variant: 'kafka', p50Ms: [14.1, 11, 10.8] }],
  };
  expect(warmUpSentence(warmUp)).toBe(
    'Warmed up by 3 runs that are not measured: kafka p50 14.1 ms, 11 ms, 10.8 ms; the last two within 5 %.',
  );
  expect(warmUpSentence({ ...warmUp, isSteady: false })).toContain('may still be slower');
});
