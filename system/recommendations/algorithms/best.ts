// The best few of many scores, without sorting all of them.
import type { ScoredItem } from './interaction.ts';

/** The `count` greatest scores, greatest first, the smaller id first where two are the same. */
export function bestOf(
  scores: Iterable<readonly [itemId: number, score: number]>,
  count: number,
): ScoredItem[] {
  const best: ScoredItem[] = [];
  if (count <= 0) return best;
  for (const [itemId, score] of scores) {
    const last = best.at(-1);
    if (best.length >= count && last !== undefined && !isBefore(itemId, score, last)) continue;
    if (best.length >= count) best.pop();
    let place = best.length;
    for (; place > 0; place--) {
      const other = best[place - 1];
      if (other === undefined || !isBefore(itemId, score, other)) break;
    }
    best.splice(place, 0, { itemId, score });
  }
  return best;
}

function isBefore(itemId: number, score: number, other: ScoredItem): boolean {
  return score > other.score || (score === other.score && itemId < other.itemId);
}
