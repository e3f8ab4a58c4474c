// What the generator tells the audit of a shop that is not ours: each checkout with its end as the shopper knows it, and the order
// as the shop gave it back when it was looked up.
import type { AttemptPhase } from '../../engine/protocol/protocol.ts';
import type { SeenLine } from './define-shop.ts';

export type CheckoutAttempt = {
  kind: 'checkout';
  /** Of this checkout; the shop never sees it. */
  checkoutId: string;
  personId: number;
  email: string;
  attemptedAtMs: number;
  phase: AttemptPhase;
  /** What was in the cart, by the shop's ids. */
  lines: { id: string; quantity: number }[];
  /** `unknown`: no end was heard and none was found by looking it up. */
  end: 'ok' | 'rejected' | 'unknown';
  /** Whether the end is known only because it was looked up after no answer. */
  endWasLookedUp: boolean;
  /** Null where the shop named none. */
  orderId: string | null;
  refusedBecause: string | null;
  totalShown: number | null;
  /** From the shopper's action until the end was known, in ms; null for unknown. */
  endAfterMs: number | null;
  /** The order as it was found again: `missing` when the shop says there is none; null when it could not be asked. */
  found:
    | 'missing'
    | { lines: SeenLine[]; total: number | null; state: 'stands' | 'cancelled' | 'pending' }
    | null;
  cancel: 'accepted' | 'refused' | 'unknown' | null;
};
