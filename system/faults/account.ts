// After a fault: is the shop well again, and was nothing lost, doubled or made up? Read from the audit's views and from
// what the shoppers know. Not used by the shop itself.
import { auditFindings } from '../orders/testing.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import type { Attempt, Shoppers } from './shoppers.ts';
import { until } from './until.ts';

/** Some 10 s on a quiet machine; a busy one starts a process no faster than it can. */
const RECOVERED_WITHIN_MS = 150_000;
const HEALTHY_COUNT = 20;
const RESENT_AT_ONCE = 20;

/**
 * Waits until each shopper's last orders sent from now on were accepted and their outcomes heard by socket.
 * @throws Error with what became of each shopper's last orders when that does not come in time.
 */
export async function untilWell(what: string, shoppers: Shoppers): Promise<void> {
  const startedMs = performance.now();
  const lastOrders = (customerId: number) => {
    const own = [...shoppers.attempts.values()].filter(
      (attempt) => attempt.customerId === customerId && attempt.sentMs > startedMs,
    );
    const states = own.map(({ order, answer }) => {
      if (answer === 'accepted') return shoppers.heard.has(order.id) ? 'heard' : 'waits';
      return answer === 'open' ? 'waits' : answer;
    });
    // An order under way is none that failed.
    return states.filter((state) => state !== 'waits').slice(-HEALTHY_COUNT);
  };
  const isWell = (customerId: number) => {
    const last = lastOrders(customerId);
    return last.length === HEALTHY_COUNT && last.every((state) => state === 'heard');
  };
  try {
    await until(what, () => shoppers.customerIds.every(isWell), RECOVERED_WITHIN_MS);
  } catch (cause) {
    const states = shoppers.customerIds.map(
      (id) => `customer ${id}: ${lastOrders(id).join(' ') || 'nothing'}`,
    );
    throw new Error(`${what}: not within ${RECOVERED_WITHIN_MS} ms\n${states.join('\n')}`, { cause });
  }
}

/**
 * Ends the ordering and gives everything that is wrong, in words; an empty list when the account is in order. Orders
 * with an unknown outcome are sent again with their id until they are accepted, as a shopper would.
 */
export async function accountFindings(shoppers: Shoppers, database: Database): Promise<string[]> {
  await shoppers.stopOrdering();
  const all = [...shoppers.attempts.values()];
  const unknown = all.filter(({ answer }) => answer === 'unknown');
  for (let start = 0; start < unknown.length; start += RESENT_AT_ONCE)
    await Promise.all(
      unknown.slice(start, start + RESENT_AT_ONCE).map((attempt) => resend(shoppers, attempt)),
    );
  const idsThat = (answer: Attempt['answer']) =>
    all.filter((one) => one.answer === answer).map(({ order }) => order.id);
  const accepted = idsThat('accepted');
  await until(
    'every accepted order resolved',
    async () => (await countResolved(database, accepted)) === accepted.length,
  );
  return [
    ...shoppers.violations,
    ...(await auditFindings(database)),
    ...(await refusedButStored(database, idsThat('refused'))),
    ...(await countsThatDiffer(database)),
    ...(await untold(shoppers, all)),
  ];
}

function resend(shoppers: Shoppers, attempt: Attempt): Promise<unknown> {
  return until(`order ${attempt.order.id} accepted when sent again`, async () => {
    await shoppers.resend(attempt);
    return attempt.answer === 'accepted';
  });
}

async function countResolved(database: Database, ids: readonly string[]): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM audit.orders
      WHERE id = ANY($1::uuid[]) AND state IN ('confirmed', 'rejected') AND resolved_at IS NOT NULL`,
    [ids],
  );
  return rows[0]?.count ?? 0;
}

async function refusedButStored(database: Database, ids: readonly string[]): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    'SELECT id FROM audit.orders WHERE id = ANY($1::uuid[])',
    [ids],
  );
  return rows.map(({ id }) => `order ${id} was refused and is stored`);
}

/** An order counted twice would show here even where stock and sums agree. */
async function countsThatDiffer(database: Database): Promise<string[]> {
  const { rows } = await database.query<{ finding: string }>(`
    SELECT 'product ' || product_id || ' counts ' || order_count || ' orders, has ' || held AS finding
      FROM audit.stock CROSS JOIN LATERAL (
        SELECT count(*) AS held FROM audit.order_lines l JOIN audit.orders o ON o.id = l.order_id
         WHERE l.product_id = stock.product_id AND o.state = 'confirmed') counted
     WHERE order_count <> held`);
  return rows.map(({ finding }) => finding);
}

/** Accepted orders whose outcome was neither heard nor is given when asked for. */
async function untold(shoppers: Shoppers, attempts: readonly Attempt[]): Promise<string[]> {
  const unheard = attempts.filter(
    ({ order, answer }) => answer === 'accepted' && !shoppers.heard.has(order.id),
  );
  const missing: string[] = [];
  for (const customerId of new Set(unheard.map((attempt) => attempt.customerId))) {
    const ids = unheard.filter((attempt) => attempt.customerId === customerId).map(({ order }) => order.id);
    const given = new Set((await shoppers.resume(customerId, ids)).map(({ orderId }) => orderId));
    missing.push(...ids.filter((id) => !given.has(id)).map((id) => `the outcome of ${id} cannot be had`));
  }
  return missing;
}
