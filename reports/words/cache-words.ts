// What a run's caches did, in sentences: what each live one hit beside its replay and theory, what it cost, what its expiry and a flush
// of Redis did, and what must be said of a figure that lies too far from theory. Terminal and Markdown have these; the page has tables.
import { formatMs, formatNumber, formatPercent } from '../format/format.ts';
import type { CacheStudy, Expiry, Flush, Pages } from '../record/cache-study.ts';
import type { RunResult } from '../record/result.ts';

type Live = CacheStudy['live'][number];

const ratioText = (ratio: number): string => formatPercent(ratio, 1);

/** "+0.7 points": by how much of a hundred reads one ratio lies above another. */
export function pointsText(ratio: number): string {
  const points = Math.abs(100 * ratio).toFixed(1);
  return `${points === '0.0' ? '' : ratio < 0 ? '−' : '+'}${points} points`;
}

/** "read-through: 60.1 % of product pages hit; its own reads replayed 59.7 %; in theory 60.1 % (−0.4 points); Redis +2.3 MB". */
function liveSentence({ variant, hitRatio, replayedHitRatio, expectedHitRatio, redisMb }: Live): string {
  const parts = [
    ...(hitRatio === null ? [] : [`${ratioText(hitRatio)} of product pages hit`]),
    ...(replayedHitRatio == null ? [] : [`its own reads replayed ${ratioText(replayedHitRatio)}`]),
    ...(expectedHitRatio === null
      ? []
      : [
          `in theory ${ratioText(expectedHitRatio)}${hitRatio === null ? '' : ` (${pointsText(hitRatio - expectedHitRatio)})`}`,
        ]),
    ...(redisMb == null ? [] : [`Redis ${memoryText(redisMb)}`]),
  ];
  return `${variant}: ${parts.join('; ')}`;
}

/** "+2.3 MB": more than before the shop started. */
export const memoryText = (mb: number): string => `${mb < 0 ? '−' : '+'}${formatNumber(Math.abs(mb), 1)} MB`;

/** "61 % hit, 120 database reads/s, product page p50 1.2 ms, p95 4 ms". */
function pagesText({ hitRatio, databaseReadsPerSecond, p50Ms, p95Ms }: Pages): string {
  return [
    ...(hitRatio === null ? [] : [`${ratioText(hitRatio)} hit`]),
    `${formatNumber(databaseReadsPerSecond, 1)} database reads/s`,
    ...(p50Ms === null || p95Ms === null
      ? []
      : [`product page p50 ${formatMs(p50Ms)}, p95 ${formatMs(p95Ms)}`]),
  ].join(', ');
}

/** "12 refreshes of 2,000 rows, 80 ms on average, 95 ms at most, 60 ms of the worker's CPU each"; null where there were none. */
export function refreshText({ refreshes }: Live): string | null {
  if (refreshes == null) return null;
  const { count, rows, meanMs, longestMs, workerCpuMs } = refreshes;
  const cpu = workerCpuMs === null ? '' : `, ${formatMs(workerCpuMs)} of the worker’s CPU each`;
  return `${count} ${count === 1 ? 'refresh' : 'refreshes'} of ${formatNumber(Math.round(rows))} rows, ${formatMs(meanMs)} on average, ${formatMs(longestMs)} at most${cpu}`;
}

const expiryText = ({ what, within, otherwise }: Expiry): string =>
  `${what}: ${pagesText(within)}; in other seconds ${pagesText(otherwise)}`;

export function flushText({ variant, second, before, after, backAfterSeconds }: Flush): string {
  const back =
    backAfterSeconds === null
      ? 'the hit ratio was not back within the span'
      : `the hit ratio was back after ${formatNumber(backAfterSeconds)} s`;
  return `${variant}, Redis flushed at second ${formatNumber(second)}: before ${pagesText(before)}; in the ${after.seconds} s after ${pagesText(after)}; ${back}`;
}

/** One a line, the live caches first; none for a run that replayed nothing, or whose audit failed. */
export function cacheSentences({ cacheStudy, verdict }: Pick<RunResult, 'cacheStudy' | 'verdict'>): string[] {
  if (cacheStudy === undefined || verdict === 'AUDIT_FAILED') return [];
  const { live, flush } = cacheStudy;
  return [
    ...live.map(liveSentence),
    ...live.flatMap((cache) => {
      const refreshes = refreshText(cache);
      return [
        ...(refreshes === null ? [] : [`${cache.variant}: ${refreshes}`]),
        ...(cache.expiry == null ? [] : [`${cache.variant}, ${expiryText(cache.expiry)}`]),
      ];
    }),
    ...(flush === undefined ? [] : [flushText(flush)]),
  ];
}

/** A live hit ratio that theory does not explain. */
export function cacheWarnings({ cacheStudy }: Pick<RunResult, 'cacheStudy'>): string[] {
  const limitRatio = cacheStudy?.liveLimitRatio;
  if (cacheStudy === undefined || limitRatio === undefined) return [];
  return cacheStudy.live.flatMap(({ variant, hitRatio, expectedHitRatio }) => {
    if (hitRatio === null || expectedHitRatio === null) return [];
    const residual = hitRatio - expectedHitRatio;
    if (Math.abs(residual) <= limitRatio) return [];
    return `${variant} hit ${ratioText(hitRatio)} of product pages, theory expects ${ratioText(expectedHitRatio)} of what it was asked: ${pointsText(residual)}, more than the ${(100 * limitRatio).toFixed(0)} that theory may be off. Reads that are not independent, or a cache that was not full, are the usual causes.`;
  });
}
