// Who is in the shop at the moment. A start planned for somebody whose earlier session is still open goes to another
// free person of the pool, drawn in proportion to score.
import { createRandom } from '../model/chance/random.ts';
import type { SessionPlan } from '../model/session-plan.ts';

/** So often a busy draw is drawn again before the free ones are gone through one by one. */
const MAX_DRAWS = 24;

export type FreePeople = {
  /** The planned person when free, else another candidate, now busy; null when nobody is free. */
  take(plannedPersonId: number): number | null;
  release(personId: number): void;
};

/** `candidates` is the plan's pool; its draws come from the plan's seed. */
export function createFreePeople(plan: Pick<SessionPlan, 'seed' | 'candidates'>): FreePeople {
  const busy = new Set<number>();
  const random = createRandom(plan.seed, 'replacement');
  const pool = plan.candidates.filter((candidate) => candidate.score > 0);
  const cumulativeScores = cumulate(pool.map((candidate) => candidate.score));

  function drawFree(): number | null {
    if (pool.length === 0) return null;
    for (let draw = 0; draw < MAX_DRAWS; draw++) {
      const candidate = pool[random.weighted(cumulativeScores)];
      if (candidate !== undefined && !busy.has(candidate.personId)) return candidate.personId;
    }
    const free = pool.filter((candidate) => !busy.has(candidate.personId));
    if (free.length === 0) return null;
    const index = random.weighted(cumulate(free.map((candidate) => candidate.score)));
    return free[index]?.personId ?? null;
  }

  return {
    take(plannedPersonId) {
      const personId = busy.has(plannedPersonId) ? drawFree() : plannedPersonId;
      if (personId !== null) busy.add(personId);
      return personId;
    },
    release: (personId) => void busy.delete(personId),
  };
}

function cumulate(weights: number[]): Float64Array {
  const sums = new Float64Array(weights.length);
  let sum = 0;
  for (const [index, weight] of weights.entries()) {
    sum += weight;
    sums[index] = sum;
  }
  return sums;
}
