import { sqlRule } from '../rules/rule.ts';

// An outcome that no shopper saw is no loss as long as it is stored where GET /orders/:id and a reconnect find it.
export const outcomesAreSeenOrRetrievable = sqlRule({
  name: 'outcomes-are-seen-or-retrievable',
  claim: 'Every accepted order’s outcome was seen by its shopper or can still be fetched.',
  checked: `SELECT count(*) FROM rehearsal.attempts WHERE answer = 'accepted'`,
  broken: `
    SELECT format('order %s of customer %s: nobody saw an outcome, and none is stored', attempt.order_id,
                  attempt.customer_id) AS violation
    FROM rehearsal.attempts AS attempt
    LEFT JOIN audit.orders AS stored
      ON stored.id = attempt.order_id AND stored.customer_id = attempt.customer_id AND stored.resolved_at IS NOT NULL
    WHERE attempt.answer = 'accepted' AND attempt.outcome IS NULL AND stored.id IS NULL`,
});
