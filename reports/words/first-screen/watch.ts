// What a green figure hides: the slowest route by its own percentile, a wait that grew within the run, a core that was full, and
// shoppers who were refused or had to wait for a free place. Sentences, the gravest first; none of them decides anything.
import { countOf, formatPercent, formatSeconds, formatSecondsUp } from '../../format/format.ts';
import { splitRoute } from '../../metrics/find-metric.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import type { Metrics, RunResult } from '../../record/result.ts';
import { NOT_THE_SHOP, type SeriesRow } from '../../record/series.ts';
import { failureCounts } from '../failure-counts.ts';
import { latencyOf, plainValueOf } from '../metric-names.ts';
import { readStatistic } from '../quantile.ts';

type Variant = RunResult['variants'][string];

/** How a wait went in the first and in the last third of a run, for whoever reads the histograms. */
export type Drift = { label: string; firstMs: number; lastMs: number };

/** From so much more than all requests together on, a route is told of by itself. */
const SLOW_ROUTE_RATIO = 2;
/** A wait that nobody feels is nothing to watch. */
const FELT_MS = 50;
const DRIFT_RATIO = 1.5;
const DRIFT_MS = 10;
/** Mean of the measured span, as a share of one core. */
const FULL_CORE_RATIO = 0.9;
const FULL_MACHINE_RATIO = 0.95;
/** Those that work on one core however many there are: all but the services below. */
const MANY_THREADED: ReadonlySet<string> = new Set(['postgres', 'kafka', 'opensearch']);

/** Of a run with one variant; a full stop ends each sentence. */
export function watchSentences(
  { result, manifest, cells }: Pick<FinishedRun, 'result' | 'manifest' | 'cells'>,
  drifts: readonly Drift[] = [],
): string[] {
  const [variant] = Object.values(result.variants);
  if (variant === undefined) return [];
  const rows = cells.flatMap(({ series }) => series.filter(({ phase }) => phase === 'measure'));
  return [
    ...refusedSentences(variant),
    ...againSentences(variant.metrics),
    ...slowRouteSentences(variant.metrics),
    ...drifts.flatMap(driftSentence),
    ...fullCoreSentences(rows, manifest.machine.coreCount),
    ...placeSentences(variant),
  ];
}

/** Words for the routes of a shop that are known by what a shopper does there; others keep their names. */
const DOING: Record<string, string> = {
  'POST /sessions': 'signing in',
  'POST /orders': 'placing an order',
  'GET /products': 'a list of products',
  'GET /products/:id': 'a product page',
  'GET /cart': 'looking into the cart',
  'PUT /cart/items/:productId': 'putting something into the cart',
  'DELETE /cart/items/:productId': 'taking something out of the cart',
  'POST /coupons/quotes': 'asking what a coupon brings',
  'GET /orders': 'looking at one’s orders',
  'POST /orders/:id/cancel': 'calling an order off',
};

/** "Signing in took up to 0.63 s for 95 of 100, all requests together up to 0.19 s." */
function slowRouteSentences(metrics: Metrics): string[] {
  const all = latencyOf(metrics, 'http.response');
  const whole = all === undefined ? null : readStatistic(all, 'p95');
  if (whole === null || whole.kind === 'too-few') return [];
  const routes = Object.keys(metrics).flatMap((name) => {
    const { base, route } = splitRoute(name);
    const summary = base === 'http.response' && route !== null ? latencyOf(metrics, name) : undefined;
    const reading = summary === undefined ? null : readStatistic(summary, 'p95');
    return route === null || reading === null || reading.kind === 'too-few' ? [] : [{ route, reading }];
  });
  const [slowest] = routes.toSorted((a, b) => b.reading.ms - a.reading.ms);
  if (slowest === undefined) return [];
  const { route, reading } = slowest;
  if (reading.ms < FELT_MS || reading.ms < SLOW_ROUTE_RATIO * whole.ms) return [];
  const took =
    reading.kind === 'at-least'
      ? `took more than ${formatSeconds(reading.ms)} for 5 of 100`
      : `took up to ${formatSecondsUp(reading.ms)} for 95 of 100`;
  const doing = DOING[route] ?? route;
  return [`${doing} ${took}; all requests together ${formatSecondsUp(whole.ms)}.`];
}

/** "The wait for an order grew within the run: half took 0.02 s in its first third, 0.06 s in its last." */
function driftSentence({ label, firstMs, lastMs }: Drift): string[] {
  if (lastMs < DRIFT_RATIO * firstMs || lastMs - firstMs < DRIFT_MS) return [];
  return [
    `the wait for ${label} grew within the run: half took ${formatSeconds(firstMs)} in its first third, ${formatSeconds(lastMs)} in its last.`,
  ];
}

/** "One core was full: api used 97 % of it." */
function fullCoreSentences(rows: readonly SeriesRow[], coreCount: number): string[] {
  if (rows.length === 0) return [];
  const mean = (read: (row: SeriesRow) => number) =>
    rows.reduce((sum, row) => sum + read(row), 0) / rows.length;
  const names = [...new Set(rows.flatMap(({ cpuRatios }) => Object.keys(cpuRatios)))];
  const full = names
    .filter((name) => !NOT_THE_SHOP.has(name) && !MANY_THREADED.has(name))
    .map((name) => ({ name, ratio: mean(({ cpuRatios }) => cpuRatios[name] ?? 0) }))
    .filter(({ ratio }) => ratio >= FULL_CORE_RATIO);
  const whole = mean(({ cpuRatios }) => Object.values(cpuRatios).reduce((a, b) => a + b, 0)) / coreCount;
  return [
    ...full.map(({ name, ratio }) => `${name} had its core full: ${formatPercent(ratio, 0)}.`),
    ...(whole >= FULL_MACHINE_RATIO
      ? [
          `the machine was full: ${formatPercent(whole, 0)} of its ${countOf(coreCount, 'core')}, the load’s own work among it.`,
        ]
      : []),
  ];
}

/** "12 requests refused for want of room, 3 requests without an answer in time." */
function refusedSentences({ failures = {} }: Variant): string[] {
  const { refused, timedOut, others, connections } = failureCounts(failures);
  const parts = [
    ...(refused > 0 ? [`${countOf(refused, 'request')} refused for want of room`] : []),
    ...(timedOut > 0 ? [`${countOf(timedOut, 'request')} without an answer in time`] : []),
    ...(others > 0 ? [`${countOf(others, 'request')} failed otherwise`] : []),
    ...(connections > 0 ? [`${countOf(connections, 'live connection')} failed`] : []),
  ];
  return parts.length === 0 ? [] : [`${parts.join(', ')}.`];
}

/** "12 steps were tried again after a failure; 5 visitors gave up and left." */
function againSentences(metrics: Metrics): string[] {
  const count = (name: string) => plainValueOf(metrics, name)?.value ?? 0;
  const [again, givenUp] = [count('steps.triedAgain'), count('sessions.givenUp')];
  const parts = [
    ...(again > 0
      ? [`${countOf(again, 'step')} ${again === 1 ? 'was' : 'were'} tried again after a failure`]
      : []),
    ...(givenUp > 0 ? [`${countOf(givenUp, 'visitor')} gave up and left`] : []),
  ];
  return parts.length === 0 ? [] : [`${parts.join('; ')}.`];
}

/** Starts that the shop left no free person for. */
function placeSentences({ generator: { noFreePersonCount } }: Variant): string[] {
  return noFreePersonCount === 0
    ? []
    : [
        `${countOf(noFreePersonCount, 'visit')} did not come about, because everybody was still waiting in the shop.`,
      ];
}
