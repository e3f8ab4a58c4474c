// `status.json`: how far a run came. It is written when the directory is made, so that a killed run says so.
import Type, { type Static } from 'typebox';

export const RunStatus = Type.Object({
  schemaVersion: Type.Literal(1),
  /** `running` in a directory that nobody writes any more means: killed. */
  state: Type.Union([Type.Literal('running'), Type.Literal('finished'), Type.Literal('aborted')]),
  scenario: Type.String(),
  startedAt: Type.String(),
  finishedAt: Type.Union([Type.String(), Type.Null()]),
  /** Why it was aborted, in a sentence. */
  reason: Type.Union([Type.String(), Type.Null()]),
});
export type RunStatus = Static<typeof RunStatus>;
