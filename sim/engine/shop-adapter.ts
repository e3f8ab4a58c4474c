// What the engine asks of a shop. An adapter opens a visit for a person and performs the shopper's steps in it; our shop's
// (sim/adapters/our-shop) is one, somebody's own shop is another.
import type { PlannedDelivery } from '../model/deliveries.ts';
import type { Newcomer } from '../model/newcomers.ts';
import type { Step, StepResult } from '../shopper/state/steps.ts';
import type { Measures } from './measuring/measures.ts';
import type { AttemptMade, AttemptPhase } from './protocol/protocol.ts';

export type ShopAdapter = {
  /** Warms the shop up by work done, with times of the timeline; rejects when the shop does not do it. */
  warmUp(hooks: WarmUpHooks): Promise<void>;
  /** Opens it to shoppers, whose requests and attempts are told to `hooks`. */
  open(hooks: ShopHooks): OpenShop;
  /** Ends all requests that are under way, as unfinished; those sent later are not touched. */
  cutOff(): void;
  close(): Promise<void>;
};

/** How the work before the plan is told. */
export type WarmUpHooks = {
  onAttempt: (attempt: AttemptMade) => void;
  progress: (text: string, doneCount: number, totalCount: number) => void;
};

export type ShopHooks = {
  measures: Measures;
  /** Phase and time to report for something intended at this time of the timeline. */
  attemptedAt: (intendedMs: number) => { attemptedAtMs: number; phase: AttemptPhase };
  /** Called once for each attempt, when its fate is known or the visit that made it is over. */
  onAttempt: (attempt: AttemptMade) => void;
};

export type OpenShop = {
  openVisit: OpenVisit;
  signUp: SignUp;
  /** Left out where nothing comes into the shop from outside. */
  deliver?: Deliver;
};

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

/**
 * Delivers something from outside that was intended for `intendedMs` of the timeline; resolves when its fate is known or its
 * deadline is over. Failures of the shop do not reject it.
 */
export type Deliver = (delivery: PlannedDelivery, intendedMs: number) => Promise<void>;
