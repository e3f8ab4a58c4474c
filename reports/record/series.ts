// `series.ndjson`: one row for each second of a single run, written while it runs. What its counts and gauges are says the
// catalogue of metrics; rows of older records are turned into today's form as they are read.
import Type, { type Static } from 'typebox';
import type { CountName } from '../metrics/counts.ts';
import type { GaugeName } from '../metrics/gauges.ts';

export const SERIES_VERSION = 2;

const Phase = Type.Union([Type.Literal('lead-in'), Type.Literal('measure'), Type.Literal('drain')]);

/** What rows of all versions have. */
const common = {
  /** Second of the measured span; negative while leading in, ≥ duration while draining. */
  second: Type.Integer(),
  phase: Phase,
  /** What failed in this second by kind, in the words of `result.json`'s failures; absent where not recorded. */
  failures: Type.Optional(Type.Record(Type.String(), Type.Integer())),
  /** Share of one core by process name: `generator`, `api`, `orders-consumer`, `postgres`, `redis`, `kafka`, … */
  cpuRatios: Type.Record(Type.String(), Type.Number()),
  /** Resident memory by process name. */
  memoryBytes: Type.Record(Type.String(), Type.Number()),
};

/** Names in `cpuRatios` and `memoryBytes` of those who are there for the rehearsal; all others are the shop's or its services'. */
export const NOT_THE_SHOP: ReadonlySet<string> = new Set(['generator', 'rehearsal', 'browsers']);

export const SeriesRow = Type.Object({
  version: Type.Literal(SERIES_VERSION),
  ...common,
  /** What happened in this second, by name; a count that the record does not have is absent. */
  counts: Type.Record(Type.String(), Type.Integer()),
  /** What was read in this second, by name; null where there was nothing to read. */
  gauges: Type.Record(Type.String(), Type.Union([Type.Number(), Type.Null()])),
});
export type SeriesRow = Static<typeof SeriesRow>;

/** A row as it was written before rows had a version: each count and gauge a field of its own. */
export const SeriesRowWithoutVersion = Type.Object({
  ...common,
  sessionsPlanned: Type.Integer(),
  sessionsStarted: Type.Integer(),
  sessionsCompleted: Type.Integer(),
  sessionsActive: Type.Integer(),
  requestsSent: Type.Integer(),
  requestsSucceeded: Type.Integer(),
  requestsFailed: Type.Integer(),
  ordersAttempted: Type.Integer(),
  ordersAccepted: Type.Integer(),
  ordersConfirmed: Type.Integer(),
  ordersRejected: Type.Integer(),
  signUpsPlanned: Type.Optional(Type.Integer()),
  signUpsAttempted: Type.Optional(Type.Integer()),
  signUpsConfirmed: Type.Optional(Type.Integer()),
  signUpsFailed: Type.Optional(Type.Integer()),
  latenessP99Ms: Type.Number(),
  eventLoopLagP99Ms: Type.Number(),
  kafkaLagCount: Type.Union([Type.Integer(), Type.Null()]),
  stealRatio: Type.Number(),
});

/** An older row in today's form. */
export function ofOlderRow(row: Static<typeof SeriesRowWithoutVersion>): SeriesRow {
  const { second, phase, failures, cpuRatios, memoryBytes, ...values } = row;
  const { sessionsActive, latenessP99Ms, eventLoopLagP99Ms, kafkaLagCount, stealRatio, ...counts } = values;
  return {
    version: SERIES_VERSION,
    second,
    phase,
    ...(failures === undefined ? {} : { failures }),
    cpuRatios,
    memoryBytes,
    counts,
    gauges: { sessionsActive, latenessP99Ms, eventLoopLagP99Ms, kafkaLagCount, stealRatio },
  };
}

/**
 * `requests.ndjson`: how the requests ended that were intended for a second, whenever they ended. Written once the second can
 * get no more; a straggler makes another row of the same second, and rows are to be added.
 */
export const RequestsRow = Type.Object({
  second: Type.Integer(),
  succeeded: Type.Integer(),
  failed: Type.Integer(),
});
export type RequestsRow = Static<typeof RequestsRow>;

/**
 * Rows with what became of the requests that were intended for their second, among their counts. In old records, which have
 * no such requests, those that ended in the second stand in.
 */
export function withIntended(rows: readonly SeriesRow[], requests: readonly RequestsRow[]): SeriesRow[] {
  const bySecond = Map.groupBy(requests, ({ second }) => second);
  return rows.map((row) => {
    const own = bySecond.get(row.second) ?? [];
    const intended =
      requests.length === 0
        ? { succeeded: rowCount(row, 'requestsSucceeded'), failed: rowCount(row, 'requestsFailed') }
        : {
            succeeded: own.reduce((sum, { succeeded }) => sum + succeeded, 0),
            failed: own.reduce((sum, { failed }) => sum + failed, 0),
          };
    const counts = {
      ...row.counts,
      intendedSucceeded: intended.succeeded,
      intendedFailed: intended.failed,
    };
    return { ...row, counts };
  });
}

/** A count of a row; 0 where the record has no such count. */
export function rowCount({ counts }: Pick<SeriesRow, 'counts'>, name: CountName): number {
  return counts[name] ?? 0;
}

/** A gauge of a row; null where nothing was read, or the record has no such gauge. */
export function rowGauge({ gauges }: Pick<SeriesRow, 'gauges'>, name: GaugeName): number | null {
  return gauges[name] ?? null;
}
