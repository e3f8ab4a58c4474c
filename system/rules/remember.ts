// What people did, as the rules take it in: each action moves what is remembered of its person, and the times at which they are to be
// looked at again.
import type { Alarms } from './alarms.ts';
import type { People } from './people.ts';
import type { RuleAction } from './rule-action.ts';
import { PAGE_REST_MS } from './rules.ts';

/** A page tells what is done on it a second late, in one message; that second must not bring a coupon. */
const TOLD_LATE_MS = 1_500;
/** Whoever did something in this time is there. */
export const ACTIVE_MS = 30 * 60 * 1_000;
/** Whoever rested on a page longer ago than this has left it since, or the shop was not there. */
const REST_IS_OLD_MS = 60_000;

/** Learns an action; the same again changes nothing. @param nowMs by the shop's clock. */
export type Remember = (customerId: number, action: RuleAction, nowMs: number) => void;

/** @param deps.cartReminderMs how long a cart may stay untouched; at most ACTIVE_MS. */
export function createRemember(deps: { people: People; alarms: Alarms; cartReminderMs: number }): Remember {
  const { people, alarms, cartReminderMs } = deps;

  function lookAtPage(customerId: number, actedMs: number, nowMs: number): void {
    const page = people.get(customerId)?.viewing() ?? null;
    if (page === null || page.hasTouchedCart) alarms.cancel(customerId, 'page');
    else if (page.sinceMs === actedMs && nowMs - actedMs < REST_IS_OLD_MS)
      alarms.set({ customerId, kind: 'page', dueMs: actedMs + PAGE_REST_MS + TOLD_LATE_MS });
  }
  return (customerId, action, nowMs) => {
    if (!people.learn(customerId, action)) return;
    lookAtPage(customerId, action.actedMs, nowMs);
    const touchedMs = people.get(customerId)?.cartTouchedMs() ?? null;
    // One that lies far back was looked at then.
    if (action.action.startsWith('cart-') && touchedMs !== null && nowMs - touchedMs < ACTIVE_MS)
      alarms.set({ customerId, kind: 'cart', dueMs: touchedMs + cartReminderMs });
  };
}
