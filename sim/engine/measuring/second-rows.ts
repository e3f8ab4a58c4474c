// The row a second: what happened in it, how the generator kept up, and the histograms that have become complete,
// which are encoded one by one between rows.

import type { GeneratorSecond } from '../protocol/protocol.ts';
import type { PlannedStart } from '../timing/planned-starts.ts';
import type { Timeline } from '../timing/timeline.ts';
import type { Health } from './health.ts';
import type { Recorder } from './recorder.ts';
import type { WhereaboutsCounter } from './whereabouts.ts';

/** Between two encodings of about 0.1 ms each, so that no send waits for more than one. */
const ENCODE_EVERY_MS = 4;

/** Rows from `firstSecond` on, each when its second has ended. `planned` gives the starts planned in each. */
export function createSecondRows(deps: {
  timeline: Timeline;
  zeroMs: number;
  firstSecond: number;
  planned: readonly PlannedStart[];
  recorder: Recorder;
  takeHealth: Health['takeSecond'];
  activeCount: () => number;
  whereabouts: Pick<WhereaboutsCounter, 'take'>;
  onRow: (row: GeneratorSecond) => void;
}): {
  /** Encodes all that is left and makes the last row, of the second that has begun. */
  finish(): void;
  close(): void;
} {
  const { timeline, recorder, zeroMs } = deps;
  const plannedCounts = countBySecond(deps.planned.filter(({ kind }) => kind !== 'delivery'));
  const signUpCounts = countBySecond(deps.planned.filter(({ kind }) => kind === 'sign-up'));
  let second = deps.firstSecond;
  let callOffRow: (() => void) | null = null;
  let callOffEncoding: (() => void) | null = null;

  function makeRow(): void {
    const { counts, failures, live } = recorder.takeSecond();
    deps.onRow({
      second,
      counts: {
        ...counts,
        sessionsPlanned: plannedCounts.get(second) ?? 0,
        signUpsPlanned: signUpCounts.get(second) ?? 0,
      },
      gauges: { sessionsActive: deps.activeCount(), ...deps.takeHealth() },
      failures,
      live,
      whereabouts: deps.whereabouts.take(),
      histograms: recorder.takeParts(),
      intendedRequests: recorder.takeIntended(),
    });
    second += 1;
  }

  function encode(): void {
    if (recorder.encodeOne()) callOffEncoding = timeline.wakeAt(timeline.nowMs() + ENCODE_EVERY_MS, encode);
  }

  function armRow(): void {
    const endMs = zeroMs + (second + 1) * 1000;
    callOffRow = timeline.wakeAt(endMs, () => {
      if (timeline.nowMs() >= endMs) {
        makeRow();
        recorder.completeSeconds(timeline.nowMs());
        callOffEncoding?.();
        encode();
      }
      armRow();
    });
  }

  armRow();
  return {
    finish() {
      recorder.encodeAll();
      makeRow();
    },
    close() {
      callOffRow?.();
      callOffEncoding?.();
    },
  };
}

function countBySecond(planned: readonly PlannedStart[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { startMs } of planned) {
    const second = Math.floor(startMs / 1000);
    counts.set(second, (counts.get(second) ?? 0) + 1);
  }
  return counts;
}
