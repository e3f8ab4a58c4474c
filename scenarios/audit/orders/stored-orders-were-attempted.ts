import { sqlRule } from '../rules/rule.ts';

// The history ends where the shop's clock starts, so every order placed since then must be the rehearsal's.
export const storedOrdersWereAttempted = sqlRule({
  name: 'stored-orders-were-attempted',
  claim: 'Every order stored during the run is one that a shopper placed, under that shopper’s name.',
  checked: 'SELECT count(*) FROM rehearsal.run_orders',
  broken: `
    SELECT format('order %s of customer %s %s', stored.id, stored.customer_id,
                  coalesce('was placed by customer ' || attempt.customer_id, 'was placed by nobody')) AS violation
    FROM rehearsal.run_orders AS stored
    LEFT JOIN rehearsal.attempts AS attempt ON attempt.order_id = stored.id
    WHERE attempt.customer_id IS DISTINCT FROM stored.customer_id`,
});
