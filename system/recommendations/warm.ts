// What a recommender knows before it takes its first action off the topic: the products, what was bought of late, what the log
// holds of the last half hour, and what those who did it had done before. Each is bounded, so that a large shop starts as soon as
// a small one.
import { readSince } from '../behaviour/store/read-since.ts';
import type { BehaviourStore } from '../behaviour/store/store.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import type { Clock } from '../platform/settings/clock.ts';
import { ACTIVE_MS, type Unanswered } from './engines/engine.ts';
import type { Model } from './model.ts';
import { recallUntil, reportOf } from './recall.ts';
import type { RecommendationStore } from './store.ts';

const ORDERS_MOST = 50_000;

/** Ids are UUIDv7, so the greatest are the newest. Those of the last half hour are in the log, product by product. */
const ORDERS = `
  SELECT o.customer_id AS "customerId", array_agg(l.product_id ORDER BY l.product_id) AS "productIds"
    FROM (SELECT id, customer_id FROM orders
           WHERE placed_at < $1 AND state IN ('confirmed', 'shipped', 'delivered')
           ORDER BY id DESC LIMIT ${ORDERS_MOST}) o
    JOIN order_lines l ON l.order_id = o.id
   GROUP BY o.id, o.customer_id ORDER BY o.id`;

type PastOrder = { customerId: number; productIds: number[] };

export type WarmDeps = {
  database: Database;
  model: Model;
  log: Pick<BehaviourStore, 'find' | 'newestOf'>;
  store: Pick<RecommendationStore, 'reflected'>;
  clock: Clock;
};

export type Warmth = {
  orderCount: number;
  actionCount: number;
  unanswered: Unanswered[];
};

/** Rejects as the stores do; then it can be done again. */
export async function warm(deps: WarmDeps): Promise<Warmth> {
  const { database, model, clock } = deps;
  const since = new Date(clock.now().getTime() - ACTIVE_MS);
  const actions = await readSince(deps.log, since);
  const people = [...new Set(actions.map(({ customerId }) => customerId))];
  const reflected = await deps.store.reflected(people, since);
  const { rows: orders } = await database.query<PastOrder>(ORDERS, [since]);
  // Whoever is recalled once is not again, so that an attempt that fails after this one learns nothing twice.
  await recallUntil(deps, new Map(people.map((customerId) => [customerId, { actedAt: since, id: '' }])));
  // Nothing can fail from here on.
  for (const { customerId, productIds } of orders) model.learnOrder(customerId, productIds);
  const aheadMs = clock.monotonicMs() - clock.now().getTime();
  for (const entry of actions) {
    const report = reportOf(entry);
    if (report !== null) model.learn(entry.customerId, report, Date.parse(entry.actedAt) + aheadMs);
  }
  const lately = new Set(actions.map(({ id }) => id));
  const unanswered = people.flatMap((customerId) => {
    const known = model.actionIds(customerId);
    const behind = known.slice(known.indexOf(reflected.get(customerId) ?? '') + 1);
    const actionIds = behind.filter((id) => lately.has(id));
    return actionIds.length === 0 ? [] : [{ customerId, actionIds }];
  });
  return { orderCount: orders.length, actionCount: actions.length, unanswered };
}
