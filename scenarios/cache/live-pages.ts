// How product pages went in chosen seconds of single runs: what the cache answered, what was left to the database, and how long a
// shopper waited. With it what a refresh cost, what its moment or that of the entries' end did, and what a flush of Redis did.
import type { Expiry, Flush, Pages, Refreshes } from '../../reports/record/cache-study.ts';
import { summarise } from '../../reports/record/histograms.ts';
import { readSeries } from '../../reports/record/read-cell.ts';
import { rowCount, rowGauge, type SeriesRow } from '../../reports/record/series.ts';
import { mergeMetric } from '../../reports/record/summarise-cell.ts';
import { ROLES } from '../../system/contract/roles.ts';

const PAGE_TIME = 'http.response/GET /products/:id';

/** A single run: where it was recorded, and which of its seconds are meant. */
type Seconds = { directory: string; seconds: ReadonlySet<number> };

/** The rows of the measured span. */
function spanRows(directory: string, durationSeconds: number): SeriesRow[] {
  return readSeries(directory).filter(({ second }) => second >= 0 && second < durationSeconds);
}

/** Takes the chosen seconds of all runs together. */
function pagesIn(chosen: readonly Seconds[]): Pages {
  const rows = chosen.flatMap(({ directory, seconds }) =>
    readSeries(directory).filter(({ second }) => seconds.has(second)),
  );
  const sum = (name: 'productHits' | 'productMisses' | 'databaseReads') =>
    rows.reduce((total, row) => total + rowCount(row, name), 0);
  const [hits, misses] = [sum('productHits'), sum('productMisses')];
  const times = chosen.map(({ directory, seconds }) =>
    mergeMetric([directory], PAGE_TIME, ({ second }) => seconds.has(second)),
  );
  const [all, ...others] = times;
  for (const other of others) all?.add(other);
  const isEmpty = all === undefined || all.totalCount === 0;
  const { p50, p95 } = isEmpty ? { p50: null, p95: null } : summarise(all, 0);
  return {
    seconds: rows.length,
    hitRatio: hits + misses === 0 ? null : hits / (hits + misses),
    databaseReadsPerSecond: rows.length === 0 ? 0 : sum('databaseReads') / rows.length,
    p50Ms: p50,
    p95Ms: p95,
  };
}

/** The chosen seconds against all others of the span; null where nothing was chosen, or everything. */
export function besideOthers(
  what: string,
  chosen: readonly Seconds[],
  durationSeconds: number,
): Expiry | null {
  const others = chosen.map(({ directory, seconds }) => ({
    directory,
    seconds: new Set(
      Array.from({ length: durationSeconds }, (_, second) => second).filter((s) => !seconds.has(s)),
    ),
  }));
  const [within, otherwise] = [pagesIn(chosen), pagesIn(others)];
  return within.seconds === 0 || otherwise.seconds === 0 ? null : { what, within, otherwise };
}

/** A refresh is seen in the second in which it was done or the next, so that its CPU may lie in the one before. */
const AROUND_REFRESH = [-1, 0, 1] as const;

/** The seconds of the span in which a refresh of the hot set was seen, with their neighbours. */
export function refreshSeconds(directory: string, durationSeconds: number): Seconds {
  const seen = spanRows(directory, durationSeconds).filter(
    (row) => rowGauge(row, 'hotSetRefreshMs') !== null,
  );
  const around = seen.flatMap(({ second }) => AROUND_REFRESH.map((offset) => second + offset));
  return { directory, seconds: new Set(around.filter((second) => second >= 0 && second < durationSeconds)) };
}

/** Null where no refresh was seen. */
export function refreshesIn(directories: readonly string[], durationSeconds: number): Refreshes | null {
  const rows = directories.flatMap((directory) => spanRows(directory, durationSeconds));
  const durations = rows.flatMap((row) => rowGauge(row, 'hotSetRefreshMs') ?? []);
  if (durations.length === 0) return null;
  const held = rows.flatMap((row) => rowGauge(row, 'hotSetRefreshRows') ?? []);
  const mean = (values: readonly number[]) =>
    values.reduce((total, value) => total + value, 0) / values.length;
  return {
    count: durations.length,
    meanMs: mean(durations),
    longestMs: Math.max(...durations),
    rows: mean(held),
    workerCpuMs: workerCpuMs(directories, durationSeconds),
  };
}

/** Of a refresh: what the worker used in the seconds around it, less what it uses in as many others. */
function workerCpuMs(directories: readonly string[], durationSeconds: number): number | null {
  const name = ROLES.cacheWorker.name;
  const used = { around: { ms: 0, seconds: 0 }, apart: { ms: 0, seconds: 0 } };
  let refreshCount = 0;
  for (const directory of directories) {
    const { seconds } = refreshSeconds(directory, durationSeconds);
    for (const row of spanRows(directory, durationSeconds)) {
      const ratio = row.cpuRatios[name];
      if (ratio === undefined) continue;
      if (rowGauge(row, 'hotSetRefreshMs') !== null) refreshCount += 1;
      const part = seconds.has(row.second) ? used.around : used.apart;
      part.ms += ratio * 1_000;
      part.seconds += 1;
    }
  }
  if (refreshCount === 0 || used.apart.seconds === 0) return null;
  const usualMs = (used.apart.ms / used.apart.seconds) * used.around.seconds;
  return Math.max(0, used.around.ms - usualMs) / refreshCount;
}

/** Looked at after the flush. */
const AFTER_SECONDS = 10;
/** Hits are back when this many seconds together come so near to what they were before. */
const BACK_SECONDS = 3;
const BACK_RATIO = 0.95;

/** What the flush at `second` of the span did. */
export function flushIn(
  directory: string,
  second: number,
  durationSeconds: number,
): Omit<Flush, 'variant' | 'policy'> {
  const struck = Math.floor(second);
  const range = (from: number, to: number): Seconds => ({
    directory,
    seconds: new Set(Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)),
  });
  const before = pagesIn([range(0, struck)]);
  const after = pagesIn([range(struck, Math.min(durationSeconds, struck + AFTER_SECONDS))]);
  let backAfterSeconds: number | null = null;
  for (let from = struck; from + BACK_SECONDS <= durationSeconds; from += 1) {
    const { hitRatio } = pagesIn([range(from, from + BACK_SECONDS)]);
    if (before.hitRatio === null || hitRatio === null || hitRatio < BACK_RATIO * before.hitRatio) continue;
    backAfterSeconds = from - struck;
    break;
  }
  return { second, before, after, backAfterSeconds };
}
