// Works weights out anew after the lists of what was taken in have left, while no others are made: a bounded share of the work for
// each action, and never before its push.
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Engine } from './engines/engine.ts';

/** An action earns so much of one refit; what is earned while there is no time for it is kept up to a bound. */
export const REFITS_PER_ACTION = 1 / 16;
const EARNED_MOST = 1_000;

/**
 * The engine with refits after what it takes. What was learnt at the start has earned some already.
 * @param refit works out one thing's weights; false when none waits.
 */
export function withRefits(engine: Engine, refit: () => boolean): Engine {
  let earned = EARNED_MOST;
  let takingCount = 0;
  let refitting: Promise<void> | null = null;
  let isClosed = false;

  async function refitWhileIdle(): Promise<void> {
    for (; earned >= 1; earned -= 1) {
      // Whatever came in meanwhile goes first.
      await othersTurn();
      if (takingCount > 0 || isClosed || !refit()) return;
    }
  }
  return {
    async take(arrived) {
      takingCount += 1;
      try {
        await engine.take(arrived);
      } finally {
        takingCount -= 1;
        earned = Math.min(EARNED_MOST, earned + arrived.length * REFITS_PER_ACTION);
        refitting ??= refitWhileIdle().finally(() => {
          refitting = null;
        });
      }
    },
    async close() {
      isClosed = true;
      await refitting;
      await engine.close();
    },
  };
}
