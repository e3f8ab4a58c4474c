import { sqlRule } from '../rules/rule.ts';

export const refusedOrdersLeftNothing = sqlRule({
  name: 'refused-orders-left-nothing',
  claim: 'No order that the shop refused with a definite answer was stored all the same.',
  checked: `SELECT count(*) FROM rehearsal.attempts WHERE answer = 'refused'`,
  broken: `
    SELECT format('order %s was refused with HTTP %s and is stored as %s', attempt.order_id, attempt.http_status,
                  stored.state) AS violation
    FROM rehearsal.attempts AS attempt JOIN audit.orders AS stored ON stored.id = attempt.order_id
    WHERE attempt.answer = 'refused'`,
});
