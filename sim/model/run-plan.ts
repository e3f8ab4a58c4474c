// All that a run is to do, as its plan's file holds it.
import type { PlannedDelivery } from './deliveries.ts';
import type { Newcomer } from './newcomers.ts';
import type { SessionPlan } from './session-plan.ts';

/** A run's plan: sessions of people whom the shop knows, newcomers, whose sessions begin with their sign-up, and deliveries. */
export type RunPlan = SessionPlan & {
  /** In order of time; absent where nobody signs up. */
  newcomers?: Newcomer[];
  /** In order of time; absent where nothing comes from outside. */
  deliveries?: PlannedDelivery[];
};
