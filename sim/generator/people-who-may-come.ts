// Whom a plan names.
import type { RunPlan } from '../model/run-plan.ts';

/** Everybody who is planned, and everybody who may stand in for them; no newcomers, who have no number yet. */
export function peopleWhoMayCome(plan: RunPlan): number[] {
  const personIds = new Set(plan.sessions.map((session) => session.personId));
  for (const candidate of plan.candidates) personIds.add(candidate.personId);
  return [...personIds];
}
