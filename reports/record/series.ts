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
