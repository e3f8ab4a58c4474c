// `censored.ndjson`: how many samples of a second were cut off, at their deadline or at the end of the run, and after how long
// at least; the log format has no place for it.
import Type, { type Static } from 'typebox';

export const CensoredRow = Type.Object({
  metric: Type.String(),
  second: Type.Integer(),
  count: Type.Integer({ minimum: 1 }),
  /** The shortest time in ms that one of them had waited; absent in old records. */
  fromMs: Type.Optional(Type.Number({ minimum: 0 })),
});
export type CensoredRow = Static<typeof CensoredRow>;

/** Of several rows together: how many samples, and the shortest wait where each of them says its own. */
export function sumCensored(rows: readonly CensoredRow[]): { count: number; fromMs: number | undefined } {
  let count = 0;
  let fromMs: number | undefined = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    count += row.count;
    fromMs = fromMs === undefined || row.fromMs === undefined ? undefined : Math.min(fromMs, row.fromMs);
  }
  return { count, fromMs: count === 0 ? undefined : fromMs };
}
