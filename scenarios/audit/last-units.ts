// What became of the last pieces of one item: judged by the units in placed orders against the stock when the run began, never by
// what the shop says is left, which may look whole after a race.
import type { AuditFinding } from '../../reports/record/result.ts';

export type LastUnits = NonNullable<AuditFinding['lastUnits']>;

/** @param soldCount units of the item in orders that stand */
export function lastUnitsFinding(about: LastUnits): AuditFinding {
  const { itemName, pieceCount, soldCount, shopperCount } = about;
  const isOversold = soldCount > pieceCount;
  return {
    rule: 'last-units-are-sold-once',
    claim: 'Of the item that everybody wanted, no more pieces were sold than there were when they came.',
    ok: !isOversold,
    checkedCount: shopperCount,
    violationCount: isOversold ? soldCount - pieceCount : 0,
    violations: isOversold
      ? [`${itemName}: ${pieceCount} in stock before the run, ${soldCount} in orders that stand`]
      : [],
    lastUnits: about,
  };
}

/**
 * Who gave up after failures was told nothing, and may not have got as far as an order: of them nobody knows, either. Those of them
 * whose order's end was unheard count twice, which says "not known" rather than too much.
 */
export function withGivenUp(about: LastUnits, givenUpCount: number): LastUnits {
  const moved = Math.min(givenUpCount, about.toldNoCount);
  return {
    ...about,
    toldNoCount: about.toldNoCount - moved,
    unheardCount: about.unheardCount + moved,
  };
}

/** How a shopper's wish for it ended, whatever the shop calls it. */
export type WishEnd = 'bought' | 'refused' | 'unheard';

/** Those who bought, and those of whom nobody knows; all others were told no, some of them before they could order. */
export function createWishes() {
  const counts = { bought: 0, refused: 0, unheard: 0 };
  return {
    add(end: WishEnd): void {
      counts[end] += 1;
    },
    told: (shopperCount: number) => ({
      shopperCount,
      unheardCount: counts.unheard,
      toldNoCount: Math.max(0, shopperCount - counts.bought - counts.unheard),
    }),
  };
}
