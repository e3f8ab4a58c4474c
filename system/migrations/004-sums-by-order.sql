-- The sums of an order are looked up by its id, so that auditing the orders of a day does not read those of all years.

CREATE OR REPLACE VIEW audit.order_sums AS
  SELECT o.id AS order_id, o.total_krw,
         coalesce(l.lines_krw, 0) AS lines_krw, coalesce(a.adjustments_krw, 0) AS adjustments_krw,
         coalesce(t.tenders_krw, 0) AS tenders_krw, coalesce(l.line_count, 0) AS line_count
    FROM orders o
    LEFT JOIN LATERAL (SELECT sum(quantity::bigint * unit_price_krw)::bigint AS lines_krw, count(*) AS line_count
                         FROM order_lines WHERE order_id = o.id) l ON true
    LEFT JOIN LATERAL (SELECT sum(amount_krw)::bigint AS adjustments_krw
                         FROM order_adjustments WHERE order_id = o.id) a ON true
    LEFT JOIN LATERAL (SELECT sum(amount_krw)::bigint AS tenders_krw
                         FROM order_tenders WHERE order_id = o.id AND state = 'approved') t ON true;
