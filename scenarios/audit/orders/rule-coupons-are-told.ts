import { sqlRule } from '../rules/rule.ts';

export const ruleCouponsAreTold = sqlRule({
  name: 'rule-coupons-are-told',
  claim:
    'Every coupon that a rule gave during the run is told of by one notification, to its owner and nobody else, and no notification tells of a coupon that there is not.',
  checked: `SELECT count(*) FROM audit.rule_coupons WHERE created_at >= (SELECT started_at FROM rehearsal.run)`,
  broken: `
    WITH told AS MATERIALIZED (
      SELECT DISTINCT id, customer_id, coupon_id FROM audit.notifications WHERE coupon_id IS NOT NULL)
    SELECT format('coupon %s of rule %s for customer %s is told of by %s notifications: %s', given.coupon_id, given.rule,
                  given.customer_id, count(told.id),
                  coalesce(string_agg(format('%s to customer %s', told.id, told.customer_id), ', ' ORDER BY told.id)
                           FILTER (WHERE told.id IS NOT NULL), 'none'))
           AS violation
    FROM audit.rule_coupons AS given LEFT JOIN told USING (coupon_id)
    WHERE given.created_at >= (SELECT started_at FROM rehearsal.run)
    GROUP BY given.coupon_id, given.rule, given.customer_id
    HAVING count(told.id) <> 1 OR min(told.customer_id) <> given.customer_id
    UNION ALL
    SELECT format('notification %s tells customer %s of coupon %s, which there is not', told.id, told.customer_id, told.coupon_id)
    FROM told LEFT JOIN audit.coupons AS coupon USING (coupon_id)
    WHERE coupon.coupon_id IS NULL`,
});
