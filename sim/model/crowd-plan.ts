// The plan of a standing crowd: when starts come, and who stands ready for them. Whoever is free when one comes takes it.
import { planArrivals } from './arrivals.ts';
import { hotPool } from './candidates.ts';
import { NotEnoughPeopleError, type SessionPlan, type SessionPlanInput } from './session-plan.ts';

/**
 * Plans all starts from −leadInMs to durationMs for `crowdCount` people, the shop's hottest, each named in turn. The same input
 * gives the same plan.
 * @throws NotEnoughPeopleError when so many people are not there
 */
export function planCrowd(
  input: Pick<SessionPlanInput, 'seed' | 'people' | 'dispersion' | 'durationMs' | 'leadInMs'> & {
    crowdCount: number;
    /** Starts a second at an offset in ms, and the highest of them. */
    startsPerSecond: (offsetMs: number) => number;
    maxStartsPerSecond: number;
  },
): SessionPlan {
  const { seed, crowdCount, dispersion } = input;
  const people = hotPool(input.people, crowdCount);
  if (people.length < crowdCount)
    throw new NotEnoughPeopleError(crowdCount, people.length, 'everybody of the crowd is somebody else');
  const starts = planArrivals({
    seed,
    ratePerSecond: input.startsPerSecond,
    highestRatePerSecond: input.maxStartsPerSecond,
    fromMs: -input.leadInMs,
    toMs: input.durationMs,
    ...(dispersion === undefined ? {} : { dispersion }),
  });
  const ids = people.map(({ id }) => id);
  return {
    seed,
    sessions: starts.map((startMs, index) => ({ index, startMs, personId: ids[index % ids.length] ?? 0 })),
    candidates: ids.map((personId) => ({ personId, score: 1 })),
    people,
  };
}
