// Somebody who keeps to a script.
import type { PlannedStep, Shopper } from '../shopper/state/steps.ts';

/** Does the same steps whatever the shop answers, up to the first that is refused or fails: then the last one, which leaves. */
export function scripted(steps: readonly PlannedStep[]): Shopper {
  let next = 0;
  return {
    next(last) {
      const planned = last === null || last.outcome === 'ok' ? steps[next++] : steps.at(-1);
      if (planned === undefined) throw new Error('a scripted session was asked to go on after its last step');
      return planned;
    },
  };
}
