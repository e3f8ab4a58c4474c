// What browsers asked of the shop, as far as it is known: written as soon as nothing more can become known of it, so that a long run
// keeps in memory only what is under way.
import type { ActionsAttempt, OrderAttempt } from '../../sim/adapters/our-shop/attempts.ts';

type BrowserAttempt = OrderAttempt | ActionsAttempt;

export type OpenAttempts = {
  /** Takes it as it is known by now, in the place of what was known before under this key. */
  know(key: string, attempt: BrowserAttempt): void;
  /** Those of which more could have become known; none of them was written. */
  rest(): BrowserAttempt[];
};

/** @param write takes each one once, at its last */
export function createOpenAttempts(write: (attempt: BrowserAttempt) => void): OpenAttempts {
  const open = new Map<string, BrowserAttempt>();
  return {
    know(key, attempt) {
      if (!isLast(attempt)) {
        open.set(key, attempt);
        return;
      }
      open.delete(key);
      write(attempt);
    },
    rest: () => [...open.values()],
  };
}

/** A no may still be followed by a yes, where the same is sent again; a yes is never taken back. */
const isLast = (attempt: BrowserAttempt): boolean =>
  attempt.answer === 'accepted' && (attempt.kind === 'actions' || attempt.outcome !== null);
