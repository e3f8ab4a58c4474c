// Who may come next: the shop's hot people and the most inclined fifth of them (docs/shop-rules.md "Selection").

import type { Random } from './chance/random.ts';
import { type WeightedChoice, weightedChoice } from './chance/weighted-choice.ts';
import type { Person } from './person.ts';
import { drawScore, PROPENSITY, type PropensityTable } from './propensity.ts';

/** Given: 600 of 1,000 with orders, 400 without; the best 200 of 1,000 are the candidates. */
export const HOT_POOL = {
  leastCount: 1_000,
  withOrdersRatio: 0.6,
  candidateRatio: 0.2,
  leastCandidateCount: 200,
};

export type Candidate = { personId: number; score: number };

/**
 * The hot people: 60 % with orders, the longest ago first, and 40 % without, the newest first; where one kind is short
 * the other fills up. Withdrawn people are out. Fewer than `size` when there are not more.
 */
export function hotPool(people: readonly Person[], size: number): Person[] {
  const present = people.filter((person) => person.status !== 'WITHDRAWN');
  const withOrders = present
    .filter((person) => person.lastOrderedAtMs !== null)
    .sort((a, b) => (a.lastOrderedAtMs ?? 0) - (b.lastOrderedAtMs ?? 0) || a.id - b.id);
  const without = present
    .filter((person) => person.lastOrderedAtMs === null)
    .sort((a, b) => b.createdAtMs - a.createdAtMs || a.id - b.id);
  const share = Math.round(size * HOT_POOL.withOrdersRatio);
  const withoutCount = Math.min(without.length, Math.max(size - share, size - withOrders.length));
  const withCount = Math.min(withOrders.length, size - withoutCount);
  return [...withOrders.slice(0, withCount), ...without.slice(0, withoutCount)];
}

export type CandidatesInput = {
  /** The pool to choose from. */
  people: readonly Person[];
  /** Hour of the shop's clock, 0–23. */
  hour: number;
  random: Random;
  /** How many; default the best 20 %, at least 200. */
  size?: number;
  table?: PropensityTable;
};

/**
 * The people with the highest scores, best first. Marketing boost and life event are drawn anew for each person at
 * every call. Fewer than `size` when the pool has not more.
 */
export function chooseCandidates(input: CandidatesInput): Candidate[] {
  const { people, hour, random, table = PROPENSITY } = input;
  const size =
    input.size ?? Math.max(HOT_POOL.leastCandidateCount, Math.floor(people.length * HOT_POOL.candidateRatio));
  const present = people.filter((person) => person.status !== 'WITHDRAWN');
  const scores = new Float64Array(present.length);
  let index = 0;
  for (const person of present) scores[index++] = drawScore(person, hour, random, table);
  // Numbers alone sort many times as fast; only those that reach the last place are then put in order.
  const lastPlace = scores.toSorted()[Math.max(0, scores.length - size)] ?? 0;
  const best: Candidate[] = [];
  index = 0;
  for (const { id } of present) {
    const score = scores[index++] ?? 0;
    if (score >= lastPlace) best.push({ personId: id, score });
  }
  return best.sort((a, b) => b.score - a.score || a.personId - b.personId).slice(0, size);
}

/** Prepares the draw of the next shopper among the candidates, in proportion to the score. */
export function candidateChoice(candidates: readonly Candidate[]): WeightedChoice<Candidate> {
  return weightedChoice(candidates, (candidate) => candidate.score);
}
