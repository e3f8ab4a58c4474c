import { sqlRule } from '../rules/rule.ts';

export const productsArriveOnce = sqlRule({
  name: 'products-arrive-once',
  claim:
    'Every product that the broker acknowledged is in the shop exactly once, as it was sent; no other product came up.',
  checked: `SELECT (SELECT count(*) FROM rehearsal.product_arrivals)
                 + (SELECT count(*) FROM audit.products
                    WHERE product_id NOT IN (SELECT product_id FROM rehearsal.products_before)) AS count`,
  broken: `
    WITH arrived AS (
      SELECT * FROM audit.products WHERE product_id NOT IN (SELECT product_id FROM rehearsal.products_before)
    )
    SELECT format('product %s (%s) was acknowledged and is not stored', id, name) AS violation
    FROM rehearsal.product_arrivals AS sent
    WHERE answer = 'accepted' AND NOT EXISTS (SELECT FROM arrived WHERE arrival_id = sent.id)
    UNION ALL
    SELECT format('product %s was sent as %s; stored is product %s, %s', sent.id,
                  concat_ws(' ', sent.name, sent.category_id, sent.price_krw, sent.list_price_krw, sent.stock_count,
                            sent.registered_at),
                  stored.product_id,
                  concat_ws(' ', stored.name, stored.category_id, stored.price_krw, stored.list_price_krw,
                            stored.stocked_count, stored.registered_at))
    FROM rehearsal.product_arrivals AS sent
    JOIN arrived AS stored ON stored.arrival_id = sent.id
    WHERE (sent.name, sent.category_id, sent.price_krw, sent.list_price_krw, sent.stock_count, sent.registered_at)
          IS DISTINCT FROM
          (stored.name, stored.category_id, stored.price_krw, stored.list_price_krw, stored.stocked_count,
           stored.registered_at)
    UNION ALL
    SELECT format('product %s (%s) is in the shop and nobody sent it so', product_id, name)
    FROM arrived
    WHERE NOT EXISTS (SELECT FROM rehearsal.product_arrivals AS sent WHERE sent.id = arrived.arrival_id)`,
});
