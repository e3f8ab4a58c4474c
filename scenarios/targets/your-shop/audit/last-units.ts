// The last pieces of one item in a shop whose database nobody sees: which item it is, and what the run's orders hold of it.
import type { AuditFinding } from '../../../../reports/record/result.ts';
import { createWishes, lastUnitsFinding } from '../../../audit/last-units.ts';
import type { Met } from '../meet.ts';
import { type GivenBack, isCheckout, newOrdersOf } from './audit.ts';
import type { Stock } from './checkout-rule.ts';
import { createSoldPieces } from './sold-pieces.ts';

export type Wanted = { id: string; name: string; pieceCount: number };

/** The item in stock whose pieces are nearest to so many. @throws Error where the shop does not tell how many there are */
export function wantedOfYours({ discovery }: Met, stock: Stock | null, pieceCount: number): Wanted {
  const counted = discovery.items.flatMap(({ id, name, ...item }) => {
    const pieces = stock?.[id] ?? item.stock ?? 0;
    return pieces > 0 ? [{ id, name, pieceCount: pieces }] : [];
  });
  const [nearest] = counted.toSorted(
    (a, b) => Math.abs(a.pieceCount - pieceCount) - Math.abs(b.pieceCount - pieceCount),
  );
  if (nearest !== undefined) return nearest;
  throw new Error(
    'Last pieces: found no item whose pieces the shop tells. Needed: `stock` of the items in catalogue, or audit.stock.',
  );
}

/** Judged by the shop's list of orders where it gives one, else by what shoppers were told. */
export async function auditLastUnitsOfYours(
  given: GivenBack,
  { id, name, pieceCount }: Wanted,
  shopperCount: number,
): Promise<AuditFinding> {
  const pieces = createSoldPieces(newOrdersOf(given));
  const wishes = createWishes();
  for await (const attempt of given.attempts()) {
    if (!isCheckout(attempt) || attempt.phase !== 'measure') continue;
    pieces.see(attempt);
    wishes.add(attempt.end === 'ok' ? 'bought' : attempt.end === 'rejected' ? 'refused' : 'unheard');
  }
  const soldCount = pieces.sold().certain.get(id) ?? 0;
  return lastUnitsFinding({ itemName: name, pieceCount, soldCount, ...wishes.told(shopperCount) });
}
