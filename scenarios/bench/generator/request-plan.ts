// Plans of single requests: Poisson starts at one rate, people taken in turn, as a file that the engine and its rivals read.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planArrivals } from '../../../sim/model/arrivals.ts';
import type { Person } from '../../../sim/model/person.ts';
import type { SessionPlan } from '../../../sim/model/session-plan.ts';

export type RequestLoad = {
  requestsPerSecond: number;
  leadInMs: number;
  durationMs: number;
  /** The people who take turns; each also stands in for one who is still waiting. */
  peopleCount: number;
  /** Who they are, as many; default nobody described, ids from 1: enough where nobody shops. */
  people?: Person[];
  seed: number;
};

/** All requests of the load in order, the lead-in at negative starts. */
export function planRequests(load: RequestLoad): SessionPlan {
  const { requestsPerSecond, peopleCount, people = [], seed } = load;
  const starts = planArrivals({
    seed,
    ratePerSecond: () => requestsPerSecond,
    highestRatePerSecond: requestsPerSecond,
    fromMs: -load.leadInMs,
    toMs: load.durationMs,
  });
  const personIdAt = (index: number) => people[index % peopleCount]?.id ?? 1 + (index % peopleCount);
  return {
    seed,
    sessions: starts.map((startMs, index) => ({ index, startMs, personId: personIdAt(index) })),
    candidates: Array.from({ length: peopleCount }, (_, index) => ({
      personId: personIdAt(index),
      score: 1,
    })),
    people,
  };
}

/** Writes a plan into the folder and gives the file's path. */
export async function writePlan(folder: string, plan: SessionPlan): Promise<string> {
  const file = join(folder, 'plan.json');
  await writeFile(file, JSON.stringify(plan));
  return file;
}
