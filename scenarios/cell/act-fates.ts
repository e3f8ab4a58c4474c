// What became of the acts of the measured span, as their people saw it: each is counted once.
import { plainValue } from '../../reports/metrics/find-metric.ts';
import { SHOWN_WITHIN_MS } from '../../reports/metrics/latencies.ts';
import type { Metrics } from '../../reports/record/result.ts';
import { latencyOf } from '../../reports/words/metric-names.ts';
import type { ActAttempt } from '../../sim/adapters/our-shop/attempts.ts';
import type { RecordedAttempt } from './recorded-attempt.ts';

export type ActFates = {
  made: number;
  /** Answered by lists, but later than SHOWN_WITHIN_MS, and those that none answered. */
  late: number;
  /** No list by the deadline or by the end of the drain. */
  unanswered: number;
};

/** Counts acts that were meant for the span; other attempts are none. Keeps nothing of them. */
export function createActFates(durationMs: number) {
  const fates = { made: 0, late: 0, unanswered: 0 };

  function addAct({ attemptedAtMs, phase, shownAfterMs }: ActAttempt): void {
    if (phase !== 'measure' || attemptedAtMs >= durationMs) return;
    fates.made += 1;
    if (shownAfterMs === null) fates.unanswered += 1;
    if (shownAfterMs === null || shownAfterMs > SHOWN_WITHIN_MS) fates.late += 1;
  }
  return {
    add(attempt: RecordedAttempt): void {
      if (attempt.kind === 'act') addAct(attempt);
    },
    counted: (): ActFates => ({ ...fates }),
  };
}

/**
 * `recommendation.lateRatio` and its like over several single runs; nothing where nobody acted. `cycleMs`: how often the shop
 * works lists out, null where each act does.
 */
export function actMetrics(
  all: readonly (ActFates | undefined)[],
  cycleMs: number | null,
  measured: Metrics,
): Metrics {
  const sum = (fate: keyof ActFates) => all.reduce((total, fates) => total + (fates?.[fate] ?? 0), 0);
  const made = sum('made');
  if (made === 0) return {};
  return {
    ...plainValue('recommendation.lateRatio', sum('late') / made),
    ...plainValue('recommendation.unansweredRatio', sum('unanswered') / made),
    ...(cycleMs === null
      ? {}
      : plainValue(
          'recommendation.arithmeticLateRatio',
          lateRatioOfCycle({ cycleMs, withinMs: SHOWN_WITHIN_MS, restMs: restOf(measured) }),
        )),
  };
}

/**
 * The share of acts that wait longer than `withinMs` where lists are worked out every `cycleMs`: an act comes at any moment of a
 * cycle alike, so its turn comes after a time between 0 and `cycleMs`, each equally likely, and everything else takes `restMs`.
 */
export function lateRatioOfCycle(about: { cycleMs: number; withinMs: number; restMs: number }): number {
  const { cycleMs, withinMs, restMs } = about;
  return Math.min(1, Math.max(0, (cycleMs + restMs - withinMs) / cycleMs));
}

/** What an act waits for beside its turn, on average; 0 where the shop did not say. */
function restOf(metrics: Metrics): number {
  const stages = ['stage.actIntake', 'stage.actBroker', 'stage.lists', 'stage.listsPush'];
  return stages.reduce((sum, name) => sum + (latencyOf(metrics, name)?.mean ?? 0), 0);
}
