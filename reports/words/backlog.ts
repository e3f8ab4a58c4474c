// How many orders a shop had open while more came than it finished, where they waited, and when they were gone: read from the
// seconds of a single run.
import { rowCount, rowGauge, type SeriesRow } from '../record/series.ts';

export type Backlog = {
  /** Most orders that were sent and had no outcome yet at the end of a second. */
  mostOpenCount: number;
  /** Most messages behind the broker at the end of a second; null without a broker in the path. */
  mostLagCount: number | null;
  /** From the last second of full load until a tenth of the most (or one order) was open; null when that was never seen. */
  drainedAfterSeconds: number | null;
  /** Orders that were refused, failed or had no answer. */
  failedCount: number;
};

/** "POST /orders 503", "timeout POST /orders"; not what is asked of an order later. */
const ORDER_FAILURE = /(^| )POST \/orders( |$)/;
/** Seconds in which at least this share of the largest number of sessions was to start are of full load. */
const FULL_LOAD_RATIO = 0.5;
const DRAINED_RATIO = 0.1;

type Row = Pick<SeriesRow, 'counts' | 'gauges' | 'failures'>;

/** @param series all seconds of a single run, lead-in and drain included; at least one */
export function backlogOf(series: readonly Row[]): Backlog {
  const failed = series.map(failedOrders);
  let openCount = 0;
  const open = series.map((row, index) => {
    const ended = rowCount(row, 'ordersConfirmed') + rowCount(row, 'ordersRejected') + (failed[index] ?? 0);
    // An order without an answer that was confirmed all the same ends twice.
    openCount = Math.max(0, openCount + rowCount(row, 'ordersAttempted') - ended);
    return openCount;
  });
  const mostOpenCount = Math.max(0, ...open);
  const lags = series.flatMap((row) => rowGauge(row, 'kafkaLagCount') ?? []);
  const lastFull = lastSecondOfFullLoad(series);
  const drained = open.findIndex(
    (count, index) => index >= lastFull && count <= Math.max(1, DRAINED_RATIO * mostOpenCount),
  );
  return {
    mostOpenCount,
    mostLagCount: lags.length === 0 ? null : Math.max(...lags),
    drainedAfterSeconds: drained === -1 ? null : drained - lastFull,
    failedCount: failed.reduce((sum, count) => sum + count, 0),
  };
}

function failedOrders({ failures = {} }: Row): number {
  return Object.entries(failures).reduce(
    (sum, [kind, count]) => sum + (ORDER_FAILURE.test(kind) ? count : 0),
    0,
  );
}

function lastSecondOfFullLoad(series: readonly Row[]): number {
  const planned = series.map((row) => rowCount(row, 'sessionsPlanned'));
  const most = Math.max(...planned);
  return planned.findLastIndex((count) => count >= FULL_LOAD_RATIO * most);
}
