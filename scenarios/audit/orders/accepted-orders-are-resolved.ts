import { sqlRule } from '../rules/rule.ts';

export const acceptedOrdersAreResolved = sqlRule({
  name: 'accepted-orders-are-resolved',
  claim: 'Every order that the shop accepted was confirmed or rejected.',
  checked: `SELECT count(*) FROM rehearsal.attempts WHERE answer = 'accepted'`,
  broken: `
    SELECT format('order %s of customer %s was accepted and %s', attempt.order_id, attempt.customer_id,
                  coalesce('is still ' || stored.state, 'is not in the database')) AS violation
    FROM rehearsal.attempts AS attempt
    LEFT JOIN audit.orders AS stored ON stored.id = attempt.order_id
    WHERE attempt.answer = 'accepted' AND (stored.id IS NULL OR stored.resolved_at IS NULL)`,
});
