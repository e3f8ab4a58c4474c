// How long the shop took to recover from a fault, read from the rows of its seconds.
import type { SeriesRow } from '../../reports/record/series.ts';

/** So many seconds without trouble must follow before it counts as recovered. */
const QUIET_SECONDS = 5;

type Second = Pick<SeriesRow, 'second' | 'requestsFailed' | 'kafkaLagCount'>;

/**
 * Seconds from the fault to the end of the last second with trouble: a failed request, or a consumer lag above the worst
 * before the fault. 0 when there was no trouble at all; null when fewer than five quiet seconds follow before the rows
 * end (the drain after the span counts: shoppers are still about), so that nobody can say that it was over.
 */
export function recoverySeconds(rows: readonly Second[], faultSecond: number): number | null {
  const measured = rows.filter(({ second }) => second >= 0);
  const lagBefore = Math.max(
    0,
    ...measured.filter(({ second }) => second < faultSecond).map(({ kafkaLagCount }) => kafkaLagCount ?? 0),
  );
  const trouble = measured.filter(
    ({ second, requestsFailed, kafkaLagCount }) =>
      second >= Math.floor(faultSecond) && (requestsFailed > 0 || (kafkaLagCount ?? 0) > lagBefore),
  );
  const last = trouble.at(-1);
  if (last === undefined) return 0;
  const recoveredAt = last.second + 1;
  const seenUntil = (measured.at(-1)?.second ?? 0) + 1;
  return seenUntil - recoveredAt >= QUIET_SECONDS ? Math.max(0, recoveredAt - faultSecond) : null;
}
