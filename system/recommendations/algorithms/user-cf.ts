// "For you": what people of a like taste had to do with (UserCF). Two people are alike by the cosine of the weights that they put
// on things, where a thing that everybody knows says little. Who might be alike is found by the last people of each thing, so an
// interaction costs the same however many people and things there are, and so does a ranking.
import { bestOf } from './best.ts';
import type { Ranker, ScoredItem } from './interaction.ts';
import { createRecentWeights, type RecentWeights } from './recent-weights.ts';

export type UserCfLimits = {
  /** People kept; whoever did nothing for longest goes first. */
  usersMost: number;
  /** Newest things kept of a person. */
  itemsPerUser: number;
  /** Of these the newest by which people are found who are alike. */
  itemsCompared: number;
  /** Newest people kept of a thing. */
  usersPerItem: number;
  /** People of a like taste whose things are ranked. */
  neighbourCount: number;
  /** The greatest weight of one person on one thing. */
  weightMost: number;
};

export const USER_CF_LIMITS: UserCfLimits = {
  usersMost: 50_000,
  itemsPerUser: 48,
  itemsCompared: 24,
  usersPerItem: 64,
  neighbourCount: 30,
  weightMost: 15,
};

export type UserCf = Ranker & {
  /** People and pairs of person and thing in memory. */
  size(): { userCount: number; pairCount: number };
};

export function createUserCf(changes: Partial<UserCfLimits> = {}): UserCf {
  const limits = { ...USER_CF_LIMITS, ...changes };
  const { usersMost, itemsPerUser, usersPerItem, weightMost } = limits;
  const itemsOf = new Map<number, RecentWeights>();
  const usersOf = new Map<number, RecentWeights>();

  function forget(userId: number): void {
    for (const itemId of itemsOf.get(userId)?.weights.keys() ?? []) usersOf.get(itemId)?.remove(userId);
    itemsOf.delete(userId);
  }
  return {
    add({ userId, itemId, weight }) {
      const items = itemsOf.get(userId) ?? createRecentWeights(itemsPerUser, weightMost);
      itemsOf.delete(userId);
      itemsOf.set(userId, items);
      const gone = items.add(itemId, weight);
      if (gone !== null) usersOf.get(gone)?.remove(userId);
      const users = usersOf.get(itemId) ?? createRecentWeights(usersPerItem, weightMost);
      usersOf.set(itemId, users);
      users.add(userId, weight);
      if (itemsOf.size > usersMost) for (const oldest of itemsOf.keys()) return forget(oldest);
    },
    rank(userId, count) {
      const own = itemsOf.get(userId);
      return own === undefined
        ? []
        : rankBy(neighboursOf(userId, own, { itemsOf, usersOf, limits }), own, itemsOf, count);
    },
    size() {
      let pairCount = 0;
      for (const { weights } of itemsOf.values()) pairCount += weights.size;
      return { userCount: itemsOf.size, pairCount };
    },
  };
}

type Memory = {
  itemsOf: ReadonlyMap<number, RecentWeights>;
  usersOf: ReadonlyMap<number, RecentWeights>;
  limits: UserCfLimits;
};

/** People of a like taste, `itemId` being the person's id. */
function neighboursOf(
  userId: number,
  own: RecentWeights,
  { itemsOf, usersOf, limits }: Memory,
): ScoredItem[] {
  const products = new Map<number, number>();
  let leftOut = Math.max(0, own.weights.size - limits.itemsCompared);
  for (const [itemId, weight] of own.weights) {
    if (leftOut-- > 0) continue;
    const users = usersOf.get(itemId)?.weights;
    if (users === undefined) continue;
    // What everybody knows says little of a taste.
    const telling = weight / Math.log2(2 + users.size);
    for (const [other, otherWeight] of users)
      if (other !== userId) products.set(other, (products.get(other) ?? 0) + telling * otherWeight);
  }
  for (const [other, product] of products) {
    const norm = itemsOf.get(other)?.squaredNorm() ?? 0;
    products.set(other, norm > 0 ? product / Math.sqrt(norm) : 0);
  }
  return bestOf(products, limits.neighbourCount);
}

function rankBy(
  neighbours: readonly ScoredItem[],
  own: RecentWeights,
  itemsOf: ReadonlyMap<number, RecentWeights>,
  count: number,
): ScoredItem[] {
  const scores = new Map<number, number>();
  for (const { itemId: neighbour, score } of neighbours)
    for (const [itemId, weight] of itemsOf.get(neighbour)?.weights ?? [])
      if (!own.weights.has(itemId)) scores.set(itemId, (scores.get(itemId) ?? 0) + score * weight);
  return bestOf(scores, count);
}
