// What the shop's recommenders rank highest for people of whom a part of a basket is known. Started by its path with IPC: a job is the
// baskets, person u having basket u; the answer has a list of ten for each by each recommender.

import { createCoPurchase } from '../recommendations/algorithms/co-purchase.ts';
import type { Ranker } from '../recommendations/algorithms/interaction.ts';
import { createItemWeights } from '../recommendations/algorithms/item-weights.ts';
import { createUserCf } from '../recommendations/algorithms/user-cf.ts';

type Job = { known: number[][]; listLength: number };
type Ranked = { itemWeights: number[][]; userCf: number[][]; coPurchase: number[][] };

const WEIGHT = 7;

function rankAll(ranker: Ranker, { known, listLength }: Job): number[][] {
  for (const [userId, basket] of known.entries())
    for (const itemId of basket) ranker.add({ userId, itemId, weight: WEIGHT });
  return rankKnown(ranker, { known, listLength });
}

const rankKnown = (ranker: Ranker, { known, listLength }: Job): number[][] =>
  known.map((_, userId) => ranker.rank(userId, listLength).map(({ itemId }) => itemId));

/** With all weights worked out, as they are in a shop that has run for a while. */
function byItemWeights(job: Job): number[][] {
  const weights = createItemWeights({ waitingMost: Number.POSITIVE_INFINITY });
  rankAll(weights, job);
  while (weights.refit());
  return rankKnown(weights, job);
}

function byCoPurchase({ known, listLength }: Job): number[][] {
  const together = createCoPurchase();
  for (const basket of known)
    for (const [index, itemId] of basket.entries()) together.addTo(basket.slice(0, index), itemId);
  return known.map((basket) =>
    together.rankWith(new Map(basket.map((itemId) => [itemId, 1])), listLength).map(({ itemId }) => itemId),
  );
}

function run(job: Job): Ranked {
  return {
    itemWeights: byItemWeights(job),
    userCf: rankAll(createUserCf(), job),
    coPurchase: byCoPurchase(job),
  };
}

process.on('disconnect', () => process.exit(0));
process.on('message', ({ id, job }: { id: number; job: Job }) => {
  try {
    process.send?.({ id, result: run(job) });
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
