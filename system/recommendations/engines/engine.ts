// The ways from actions to lists on the screen: one function type, an implementation for each.
import type { RecommendationList, RecommendationStages } from '../../contract/recommendations.ts';
import type { Log } from '../../platform/diagnostics/log.ts';
import type { Clock } from '../../platform/settings/clock.ts';
import type { ActedReport } from '../lists/seen-action.ts';
import type { RecommendationMetrics } from '../metrics.ts';
import type { Model } from '../model.ts';

/** An action as it comes off the topic, with the moments that the waterfall tells. */
export type Arrived = {
  customerId: number;
  report: ActedReport;
  stages: Pick<RecommendationStages, 'receivedMs' | 'consumedMs'>;
};

/** An action that lists take into account; `stages` null where nobody knows when it came. */
export type Answered = { id: string; stages: Omit<RecommendationStages, 'storedMs'> | null };

/** Lists for one person, with the actions of theirs that are answered by them; none of these: nothing is pushed. */
export type MadeLists = { customerId: number; lists: RecommendationList[]; answers: Answered[] };

/** Stores lists, then pushes those that answer something; rejects, with nothing pushed, where they could not be stored. */
export type Deliver = (made: readonly MadeLists[]) => Promise<void>;

export type EngineDeps = {
  model: Model;
  deliver: Deliver;
  clock: Clock;
  metrics: RecommendationMetrics;
  log: Log;
};

export type Engine = {
  /**
   * Takes actions in, in the order of each person's; when it has resolved they need not be given again. It may reject, and being
   * given the same again is safe.
   */
  take(arrived: readonly Arrived[]): Promise<void>;
  /** Finishes what is under way. */
  close(): Promise<void>;
};

/** Actions of a person that were learnt and that no stored list reflects, as after a stop in between; oldest first. */
export type Unanswered = { customerId: number; actionIds: string[] };

export type StartEngine = (deps: EngineDeps, unanswered: readonly Unanswered[]) => Engine;

/** Whoever did something in this time is active. */
export const ACTIVE_MS = 30 * 60 * 1_000;
