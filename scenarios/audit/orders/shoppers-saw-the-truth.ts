import { sqlRule } from '../rules/rule.ts';

export const shoppersSawTheTruth = sqlRule({
  name: 'shoppers-saw-the-truth',
  claim:
    'What a shopper was told of an order (confirmed or rejected and why, the total, a cancellation) is what is stored.',
  checked: `SELECT count(*) FROM rehearsal.attempts WHERE outcome IS NOT NULL`,
  broken: `
    SELECT format('order %s: its shopper saw %s, %s KRW, cancel %s; stored is %s, %s KRW', attempt.order_id,
                  concat_ws(' as ', attempt.outcome, attempt.refused_because), coalesce(attempt.total_krw::text, 'no total'), coalesce(attempt.cancel, 'not asked'),
                  coalesce(nullif(concat_ws(' as ', stored.state, stored.rejection_reason), ''), 'nothing'), coalesce(stored.total_krw::text, 'no')) AS violation
    FROM rehearsal.attempts AS attempt
    LEFT JOIN audit.orders AS stored ON stored.id = attempt.order_id
    WHERE attempt.outcome IS NOT NULL AND NOT coalesce(
      stored.total_krw = coalesce(attempt.total_krw, stored.total_krw)
      AND CASE
        WHEN attempt.outcome = 'rejected' THEN stored.state = 'rejected'
          AND stored.rejection_reason = coalesce(attempt.refused_because, stored.rejection_reason)
        WHEN attempt.cancel = 'accepted' THEN stored.state = 'cancelled'
        WHEN attempt.cancel = 'unknown' THEN stored.state IN ('confirmed', 'shipped', 'delivered', 'cancelled')
        ELSE stored.state IN ('confirmed', 'shipped', 'delivered')
      END, false)`,
});
