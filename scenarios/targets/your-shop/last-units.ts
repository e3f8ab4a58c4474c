// The last pieces of one item in somebody's own shop: which item it is, by the stock that the shop tells before anybody comes, and what
// orders hold of it afterwards.
import type { AuditFinding } from '../../../reports/record/result.ts';
import type { CheckoutAttempt } from '../../../sim/adapters/your-shop/attempts.ts';
import type { Item, ShopOrder } from '../../../sim/adapters/your-shop/define-shop.ts';
import type { AttemptMade } from '../../../sim/engine/protocol/protocol.ts';
import { createWishes, lastUnitsFinding, type WishEnd } from '../../audit/last-units.ts';
import type { ReadAttempts } from '../../audit/rules/attempt-kind.ts';
import type { Stock } from './audit/checkout-rule.ts';
import { createSoldPieces } from './audit/sold-pieces.ts';

export type Wanted = { item: Item; pieceCount: number };

/**
 * The item in stock whose pieces are nearest to so many: by what the audit's `stock` says, else by the catalogue.
 * @throws Error where neither tells of any stock, everything is sold out, or there is enough of everything for all who come
 */
export function wantedInYours(
  items: readonly Item[],
  stock: Stock | null,
  { file, pieceCount, shopperCount }: { file: string; pieceCount: number; shopperCount: number },
): Wanted {
  const told = items.flatMap((item) => {
    const pieces = stock?.[item.id] ?? item.stock;
    return pieces !== undefined && pieces > 0 ? [{ item, pieceCount: pieces }] : [];
  });
  const distance = (wanted: Wanted): number => Math.abs(wanted.pieceCount - pieceCount);
  const [nearest] = told.toSorted((a, b) => distance(a) - distance(b));
  if (nearest !== undefined && nearest.pieceCount < shopperCount) return nearest;
  if (nearest !== undefined)
    throw new Error(
      `${file}: found no item of which there is less than one piece for each of ${shopperCount} shoppers; of “${nearest.item.name}” there are the fewest, ${nearest.pieceCount}. Needed: about ${pieceCount} pieces of one; lower its stock, or let more come (--set load.shoppersAtOnce=${2 * nearest.pieceCount}).`,
    );
  throw new Error(
    `${file}: found no item whose pieces in stock it tells. Needed: audit.stock, or stock in its catalogue, or nobody can say what the last pieces are.`,
  );
}

const isCheckout = (attempt: AttemptMade): attempt is CheckoutAttempt => attempt.kind === 'checkout';

const ENDS: Record<CheckoutAttempt['end'], WishEnd> = {
  ok: 'bought',
  rejected: 'refused',
  unknown: 'unheard',
};

/** @param newOrders what the shop lists of the run; null where it lists nothing, then shoppers' words count */
export async function auditLastUnitsOfYours(
  { item, pieceCount }: Wanted,
  shopperCount: number,
  { attempts, newOrders }: { attempts: ReadAttempts; newOrders: readonly ShopOrder[] | null },
): Promise<AuditFinding> {
  const pieces = createSoldPieces(newOrders);
  const wishes = createWishes();
  for await (const attempt of attempts()) {
    if (!isCheckout(attempt)) continue;
    pieces.see(attempt);
    wishes.add(ENDS[attempt.end]);
  }
  return lastUnitsFinding({
    itemName: item.name,
    pieceCount,
    soldCount: pieces.sold().certain.get(item.id) ?? 0,
    ...wishes.told(shopperCount),
  });
}
