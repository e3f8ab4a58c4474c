// What the engine asks of a shop. An adapter opens a visit for a person and performs the shopper's steps in it; ours
// (http-adapter.ts) is one implementation, somebody's own shop is another.
import type { Newcomer } from '../model/newcomers.ts';
import type { Step, StepResult } from '../shopper/steps.ts';

export type Visit = {
  /**
   * Does one step, which was intended for `intendedMs` of the timeline, and says how it ended. Failures of the shop are
   * results; it rejects only when an assumption of the adapter is broken. The step `leave` ends the visit.
   */
  perform(step: Step, intendedMs: number): Promise<StepResult>;
  /** Ends a visit from outside: asks at once for outcomes still waited for, then closes what it holds. */
  abandon(): Promise<void>;
};

export type OpenVisit = (personId: number) => Visit;

/**
 * Signs a newcomer up, who meant to send the form at `intendedMs` of the timeline, and gives the id under which the shop
 * knows them from now on; null when it gave no account. Failures of the shop do not reject it.
 */
export type SignUp = (newcomer: Newcomer, intendedMs: number) => Promise<number | null>;
