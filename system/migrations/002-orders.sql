-- Orders with their lines, adjustments and tenders, and the views that a rehearsal's audit reads.
--
-- No foreign keys here. A key to products or customers would be checked row by row on the shop's hottest path and would
-- mark the hot rows with a shared lock at every order, only to find what placeOrders has just locked and read; rejected
-- orders may name products that do not exist. Lines, adjustments and tenders are written in the same statement as their
-- order, and nothing is ever deleted physically. The audit counts what keys would have guaranteed.

CREATE TABLE orders (
  id uuid PRIMARY KEY,
  customer_id integer NOT NULL,
  state text NOT NULL CHECK (state IN
    ('reserved', 'approved', 'confirmed', 'shipped', 'delivered', 'rejected', 'cancelled', 'refunded')),
  rejection_reason text,
  payment_method text NOT NULL CHECK (payment_method IN ('card', 'naver', 'kakao', 'bank')),
  total_krw bigint NOT NULL,
  placed_at timestamptz NOT NULL,
  -- When the order was confirmed or rejected.
  resolved_at timestamptz,
  cancelled_at timestamptz,
  CHECK ((rejection_reason IS NOT NULL) = (state = 'rejected')),
  CHECK ((cancelled_at IS NOT NULL) = (state = 'cancelled'))
);
CREATE INDEX orders_customer ON orders (customer_id, placed_at DESC);

CREATE TABLE order_lines (
  order_id uuid NOT NULL,
  product_id integer NOT NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  -- As decided; 0 when the product does not exist.
  unit_price_krw integer NOT NULL CHECK (unit_price_krw >= 0),
  PRIMARY KEY (order_id, product_id)
);

CREATE TABLE order_adjustments (
  order_id uuid NOT NULL,
  type text NOT NULL CHECK (type IN ('shipping', 'discount')),
  amount_krw bigint NOT NULL,
  PRIMARY KEY (order_id, type)
);

-- What an order is paid with, each way of paying once.
CREATE TABLE order_tenders (
  order_id uuid NOT NULL,
  method text NOT NULL CHECK (method IN ('card', 'naver', 'kakao', 'bank')),
  amount_krw bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('approved', 'declined', 'refunded')),
  PRIMARY KEY (order_id, method)
);

CREATE SCHEMA audit;

CREATE VIEW audit.orders AS
  SELECT id, customer_id, state, rejection_reason, total_krw, placed_at, resolved_at FROM orders;

CREATE VIEW audit.order_lines AS
  SELECT order_id, product_id, quantity, unit_price_krw FROM order_lines;

-- tenders_krw is the money the shop holds: refunded and declined tenders do not count.
CREATE VIEW audit.order_sums AS
  SELECT o.id AS order_id, o.total_krw,
         coalesce(l.lines_krw, 0) AS lines_krw, coalesce(a.adjustments_krw, 0) AS adjustments_krw,
         coalesce(t.tenders_krw, 0) AS tenders_krw, coalesce(l.line_count, 0) AS line_count
    FROM orders o
    LEFT JOIN (SELECT order_id, sum(quantity::bigint * unit_price_krw)::bigint AS lines_krw, count(*) AS line_count
                 FROM order_lines GROUP BY order_id) l ON l.order_id = o.id
    LEFT JOIN (SELECT order_id, sum(amount_krw)::bigint AS adjustments_krw
                 FROM order_adjustments GROUP BY order_id) a ON a.order_id = o.id
    LEFT JOIN (SELECT order_id, sum(amount_krw)::bigint AS tenders_krw
                 FROM order_tenders WHERE state = 'approved' GROUP BY order_id) t ON t.order_id = o.id;

CREATE VIEW audit.stock AS
  SELECT p.id AS product_id, p.stocked_count, p.stock_count, coalesce(h.held_count, 0) AS held_count, p.order_count
    FROM products p
    LEFT JOIN (SELECT l.product_id, sum(l.quantity)::bigint AS held_count
                 FROM order_lines l JOIN orders o ON o.id = l.order_id
                WHERE o.state NOT IN ('rejected', 'cancelled', 'refunded')
                GROUP BY l.product_id) h ON h.product_id = p.id;

-- An order was once confirmed when it was resolved in any way but by rejection, whatever has become of it since.
CREATE VIEW audit.customer_orders AS
  SELECT c.id AS customer_id, c.last_ordered_at, o.last_confirmed_placed_at
    FROM customers c
    LEFT JOIN (SELECT customer_id, max(placed_at) AS last_confirmed_placed_at
                 FROM orders WHERE resolved_at IS NOT NULL AND state <> 'rejected'
                GROUP BY customer_id) o ON o.customer_id = c.id;
