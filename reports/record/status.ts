// `status.json`: how far a run came. It is written when the directory is made, so that a killed run says so.
import { hostname } from 'node:os';
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
  /** The program that writes the run, so that readers on the same host can tell a running run from a killed one. */
  writer: Type.Optional(Type.Object({ host: Type.String(), processId: Type.Integer({ minimum: 1 }) })),
});
export type RunStatus = Static<typeof RunStatus>;

/** What became of a run, as far as one can tell from outside. */
export type RunState = 'running' | 'killed' | 'finished' | 'aborted';

/** A run whose writer cannot be asked counts as killed after this long without a word. */
export const SILENT_MINUTES = 30;

/** Who is asking: which host, and whether a process lives there. */
export type Observer = { now: Date; host: string; isAlive: (processId: number) => boolean };

/** The state that `status.json` tells, where `running` is checked: by its process on this host, else by its silence. */
export function stateOfRun(status: RunStatus, lastWrittenAt: Date, observer: Observer): RunState {
  if (status.state !== 'running') return status.state;
  const { writer } = status;
  const isRunning =
    writer?.host === observer.host
      ? observer.isAlive(writer.processId)
      : observer.now.getTime() - lastWrittenAt.getTime() < SILENT_MINUTES * 60_000;
  return isRunning ? 'running' : 'killed';
}

/** This process as an observer at `now`. */
export function observerAt(now: Date): Observer {
  return { now, host: hostname(), isAlive };
}

/** Signal 0 reaches a process that lives; one that belongs to somebody else refuses it. */
function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
