// The last pieces of one item in our shop: which item it is, and what its orders hold of it after the run, by the database.
import type { Client } from 'pg';
import type { AuditFinding } from '../../../reports/record/result.ts';
import type { OrderAttempt } from '../../../sim/adapters/our-shop/attempts.ts';
import type { AttemptMade } from '../../../sim/engine/protocol/protocol.ts';
import { historyCatalogue } from '../../../sim/history/year/year.ts';
import { createWishes, lastUnitsFinding } from '../../audit/last-units.ts';
import type { ReadAttempts } from '../../audit/rules/attempt-kind.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { historySettings } from '../../scenario/world.ts';

export type Wanted = { productId: number; pieceCount: number };

/** The product in stock whose pieces are nearest to so many. @throws Error where everything is sold out */
export async function wantedInOurShop(client: Client, pieceCount: number): Promise<Wanted> {
  const { rows } = await client.query<{ product_id: number; stock_count: number }>(
    'SELECT product_id, stock_count FROM audit.stock WHERE stock_count > 0 ORDER BY abs(stock_count - $1), product_id LIMIT 1',
    [pieceCount],
  );
  const [row] = rows;
  if (row === undefined)
    throw new Error(
      'Last pieces: found no product in stock, needed one. Make a larger data set: --set data.products.',
    );
  return { productId: row.product_id, pieceCount: row.stock_count };
}

const isOrder = (attempt: AttemptMade): attempt is OrderAttempt => attempt.kind === 'order';

const SOLD = `
  SELECT coalesce(sum(line.quantity), 0)::int AS sold_count
  FROM rehearsal.run_orders AS stored JOIN audit.order_lines AS line ON line.order_id = stored.id
  WHERE stored.state NOT IN ('rejected', 'cancelled', 'refunded') AND line.product_id = $1`;

/** After the rules were checked, which noted the run's orders. */
export async function auditLastUnits(
  client: Client,
  { productId, pieceCount }: Wanted,
  scenario: Scenario,
  attempts: ReadAttempts,
): Promise<AuditFinding> {
  const { rows } = await client.query<{ sold_count: number }>(SOLD, [productId]);
  const wishes = createWishes();
  for await (const attempt of attempts()) {
    if (!isOrder(attempt) || attempt.phase !== 'measure') continue;
    const { answer, outcome } = attempt;
    if (outcome === 'confirmed') wishes.add('bought');
    else wishes.add(outcome === 'rejected' || answer === 'refused' ? 'refused' : 'unheard');
  }
  return lastUnitsFinding({
    itemName: historyCatalogue(historySettings(scenario))[productId - 1]?.name ?? `product ${productId}`,
    pieceCount,
    soldCount: rows[0]?.sold_count ?? 0,
    ...wishes.told(scenario.load.shoppersAtOnce),
  });
}
