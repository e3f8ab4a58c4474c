// `censored.ndjson`: how many samples of a second were cut off at their deadline; the log format has no place for it.
import Type, { type Static } from 'typebox';

export const CensoredRow = Type.Object({
  metric: Type.String(),
  second: Type.Integer(),
  count: Type.Integer({ minimum: 1 }),
});
export type CensoredRow = Static<typeof CensoredRow>;
