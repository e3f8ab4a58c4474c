import { sqlRule } from './rule.ts';

// The data set ends before the run's day, so every order placed since the shop's clock started must be the rehearsal's.
export const storedOrdersWereAttempted = sqlRule({
  name: 'stored-orders-were-attempted',
  claim: 'Every order stored during the run is one that a shopper placed, under that shopper’s name.',
  checked: `SELECT count(*) FROM audit.orders WHERE placed_at >= (SELECT started_at FROM rehearsal.run)`,
  broken: `
    SELECT format('order %s of customer %s %s', stored.id, stored.customer_id,
                  coalesce('was placed by customer ' || attempt.customer_id, 'was placed by nobody')) AS violation
    FROM audit.orders AS stored
    LEFT JOIN rehearsal.attempts AS attempt ON attempt.order_id = stored.id
    WHERE stored.placed_at >= (SELECT started_at FROM rehearsal.run)
      AND attempt.customer_id IS DISTINCT FROM stored.customer_id`,
});
