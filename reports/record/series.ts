// `series.ndjson`: one row for each second of a single run, written while it runs.
import Type, { type Static } from 'typebox';

export const SeriesRow = Type.Object({
  /** Second of the measured span; negative while leading in, ≥ duration while draining. */
  second: Type.Integer(),
  phase: Type.Union([Type.Literal('lead-in'), Type.Literal('measure'), Type.Literal('drain')]),
  sessionsPlanned: Type.Integer(),
  sessionsStarted: Type.Integer(),
  sessionsCompleted: Type.Integer(),
  sessionsActive: Type.Integer(),
  requestsSent: Type.Integer(),
  requestsSucceeded: Type.Integer(),
  requestsFailed: Type.Integer(),
  /** What failed in this second by kind, in the words of `result.json`'s failures; absent where not recorded. */
  failures: Type.Optional(Type.Record(Type.String(), Type.Integer())),
  ordersAttempted: Type.Integer(),
  ordersAccepted: Type.Integer(),
  ordersConfirmed: Type.Integer(),
  ordersRejected: Type.Integer(),
  /** People who were to sign up in this second, who sent the form, got their account, got none; absent in old records. */
  signUpsPlanned: Type.Optional(Type.Integer()),
  signUpsAttempted: Type.Optional(Type.Integer()),
  signUpsConfirmed: Type.Optional(Type.Integer()),
  signUpsFailed: Type.Optional(Type.Integer()),
  latenessP99Ms: Type.Number(),
  eventLoopLagP99Ms: Type.Number(),
  /** Messages that the consumer group has not committed yet; null without a broker in the path. */
  kafkaLagCount: Type.Union([Type.Integer(), Type.Null()]),
  /** Share of one core by process name: `generator`, `api`, `orders-consumer`, `postgres`, `redis`, `kafka`, … */
  cpuRatios: Type.Record(Type.String(), Type.Number()),
  /** Resident memory by process name. */
  memoryBytes: Type.Record(Type.String(), Type.Number()),
  stealRatio: Type.Number(),
});
export type SeriesRow = Static<typeof SeriesRow>;

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

/** A row as it is read back, with what became of the requests that were intended for its second. */
export type RecordedRow = SeriesRow & { intendedSucceeded: number; intendedFailed: number };

/** Rows with their requests by intended time. In old records, which have none, those that ended in the second stand in. */
export function withIntended(rows: readonly SeriesRow[], requests: readonly RequestsRow[]): RecordedRow[] {
  if (requests.length === 0)
    return rows.map((row) => ({
      ...row,
      intendedSucceeded: row.requestsSucceeded,
      intendedFailed: row.requestsFailed,
    }));
  const bySecond = Map.groupBy(requests, ({ second }) => second);
  return rows.map((row) => {
    const own = bySecond.get(row.second) ?? [];
    return {
      ...row,
      intendedSucceeded: own.reduce((sum, { succeeded }) => sum + succeeded, 0),
      intendedFailed: own.reduce((sum, { failed }) => sum + failed, 0),
    };
  });
}

/** A count of a row by its name; 0 where the record has no such count. */
export function countOf(row: RecordedRow, name: string): number {
  const values: Readonly<Record<string, unknown>> = row;
  const value = values[name];
  return typeof value === 'number' ? value : 0;
}
