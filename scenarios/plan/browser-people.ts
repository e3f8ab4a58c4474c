// Who walks in the browsers: people of the data set whom the plan leaves alone, so that nobody shops twice at once.
import type { RunPlan } from '../../sim/model/run-plan.ts';
import { browserCountOf } from '../scenario/browsers.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { worldOf } from '../scenario/world.ts';

/** The ids of as many active people as there are browsers, the newest that are in no plan; fewer where there are no more. */
export function browserPeople(
  scenario: Pick<Scenario, 'data' | 'shop' | 'load'>,
  { sessions, candidates }: Pick<RunPlan, 'sessions' | 'candidates'>,
): number[] {
  const count = browserCountOf(scenario.load);
  if (count === 0) return [];
  const planned = new Set([...sessions, ...candidates].map(({ personId }) => personId));
  return worldOf(scenario)
    .people.filter(({ id, status }) => status === 'ACTIVE' && !planned.has(id))
    .slice(-count)
    .map(({ id }) => id);
}
