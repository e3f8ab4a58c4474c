// "Related to what you viewed": things alike by what they are (ItemCF on content): a cosine over three parts, the words, the price
// and the category, each of a share of its own. The five most alike are found when they are first asked for, among the things that
// the rarest words have in common and the peers of the category, and kept until the thing or one of them changes.
import { bestOf } from './best.ts';

const NEIGHBOUR_COUNT = 5;

/** Shares of the cosine; together 1. */
const SHARES = { words: 0.6, category: 0.25, price: 0.15 } as const;

/** Prices this many times apart have nothing in common. */
const PRICE_RANGE_RATIO = 100;
/** Things looked at by their words in common, the rarest words first; so a common word makes no search long. */
const LOOKED_AT_MOST = 2_000;
/** Of these the ones that are compared in everything. */
const COMPARED_MOST = 64;

export type Described = { itemId: number; tokens: readonly string[]; categoryId: number; priceKrw: number };

export type ItemCosine = {
  /** A thing that is new or another one than before. */
  set(item: Described): void;
  remove(itemId: number): void;
  /** The most alike, best first; fewer where no more have a word or the category in common. */
  neighbours(itemId: number): readonly number[];
};

type Item = {
  tokens: readonly number[];
  categoryId: number;
  priceKrw: number;
  /** Length of its words; reckoned once, so it lags a little behind a catalogue that grows. */
  norm: number | null;
};

/** @param peersOf some things of a category, which are looked at too where words alone find too few. */
export function createItemCosine(peersOf: (categoryId: number) => readonly number[]): ItemCosine {
  const items = new Map<number, Item>();
  const tokenIds = new Map<string, number>();
  const listed: Set<number>[] = [];
  const found = new Map<number, readonly number[]>();
  /** Whose neighbours a thing is. */
  const foundWith = new Map<number, Set<number>>();

  const tokenId = (token: string): number => {
    const id = tokenIds.get(token) ?? listed.push(new Set()) - 1;
    tokenIds.set(token, id);
    return id;
  };
  const rarity = (token: number): number => Math.log(1 + items.size / (1 + (listed[token]?.size ?? 0)));
  const normOf = (item: Item): number => {
    item.norm ??= Math.sqrt(item.tokens.reduce((sum, token) => sum + rarity(token) ** 2, 0));
    return item.norm;
  };

  function forget(itemId: number): void {
    for (const neighbour of found.get(itemId) ?? []) foundWith.get(neighbour)?.delete(itemId);
    found.delete(itemId);
  }
  function remove(itemId: number): void {
    for (const token of items.get(itemId)?.tokens ?? []) listed[token]?.delete(itemId);
    items.delete(itemId);
    forget(itemId);
    for (const other of foundWith.get(itemId) ?? []) forget(other);
    foundWith.delete(itemId);
  }
  function find(itemId: number, item: Item): readonly number[] {
    const candidates = new Set(peersOf(item.categoryId));
    for (const { itemId: other } of bestOf(rarestShared(item, itemId, listed, rarity), COMPARED_MOST))
      candidates.add(other);
    candidates.delete(itemId);
    const squares = new Map(item.tokens.map((token) => [token, rarity(token) ** 2]));
    const scores: [itemId: number, score: number][] = [];
    for (const other of candidates) {
      const its = items.get(other);
      if (its === undefined) continue;
      let product = 0;
      for (const token of its.tokens) product += squares.get(token) ?? 0;
      scores.push([other, similarity(item, its, product / (normOf(item) * normOf(its) || 1))]);
    }
    return bestOf(scores, NEIGHBOUR_COUNT).map(({ itemId: other }) => other);
  }
  function neighbours(itemId: number): readonly number[] {
    const known = found.get(itemId);
    if (known !== undefined) return known;
    const item = items.get(itemId);
    if (item === undefined) return [];
    const fresh = find(itemId, item);
    found.set(itemId, fresh);
    for (const other of fresh) {
      const whose = foundWith.get(other) ?? new Set();
      foundWith.set(other, whose.add(itemId));
    }
    return fresh;
  }
  return {
    set({ itemId, tokens, categoryId, priceKrw }) {
      remove(itemId);
      const ids = tokens.map(tokenId);
      items.set(itemId, { tokens: ids, categoryId, priceKrw, norm: null });
      for (const token of ids) listed[token]?.add(itemId);
      // Whom it is alike it may come to be a neighbour of. Before anybody has asked there is nothing to renew.
      if (found.size > 0) for (const other of neighbours(itemId)) forget(other);
    },
    remove,
    neighbours,
  };
}

/** Σ rarity² of the rarest words in common, by thing. */
function rarestShared(
  item: Item,
  itemId: number,
  listed: readonly ReadonlySet<number>[],
  rarity: (token: number) => number,
): Map<number, number> {
  const shared = new Map<number, number>();
  const rarestFirst = item.tokens.toSorted((a, b) => (listed[a]?.size ?? 0) - (listed[b]?.size ?? 0));
  let left = LOOKED_AT_MOST;
  for (const token of rarestFirst) {
    const weight = rarity(token) ** 2;
    for (const other of listed[token] ?? []) {
      if (left === 0) return shared;
      left -= 1;
      if (other !== itemId) shared.set(other, (shared.get(other) ?? 0) + weight);
    }
  }
  return shared;
}

/** @param words the cosine of the words alone. */
function similarity(item: Item, its: Item, words: number): number {
  const apart = Math.abs(Math.log(item.priceKrw / its.priceKrw)) / Math.log(PRICE_RANGE_RATIO);
  const price = Math.cos((Math.min(1, apart) * Math.PI) / 2);
  const category = item.categoryId === its.categoryId ? 1 : 0;
  return SHARES.words * words + SHARES.category * category + SHARES.price * price;
}
