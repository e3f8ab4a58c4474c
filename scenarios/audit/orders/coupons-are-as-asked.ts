import { sqlRule } from '../rules/rule.ts';

export const couponsAreAsAsked = sqlRule({
  name: 'coupons-are-as-asked',
  claim:
    'Every order was placed with the coupon that its shopper chose, and with none where none was chosen.',
  checked: `SELECT count(*) FROM rehearsal.attempts JOIN audit.orders AS stored ON stored.id = order_id`,
  broken: `
    SELECT format('order %s of customer %s was asked for with coupon %s and is stored with %s', stored.id,
                  stored.customer_id, coalesce(attempt.coupon_id::text, 'none'),
                  coalesce(stored.coupon_id::text, 'none')) AS violation
    FROM rehearsal.attempts AS attempt JOIN audit.orders AS stored ON stored.id = attempt.order_id
    WHERE attempt.coupon_id IS DISTINCT FROM stored.coupon_id`,
});
