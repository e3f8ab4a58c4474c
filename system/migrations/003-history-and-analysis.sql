-- What a shop keeps of its past beside the orders (grade changes, the behaviour log), and the views that analysts read.

CREATE TABLE grade_changes (
  customer_id integer NOT NULL,
  changed_at timestamptz NOT NULL,
  from_grade text NOT NULL CHECK (from_grade IN ('BRONZE', 'SILVER', 'GOLD', 'VIP')),
  to_grade text NOT NULL CHECK (to_grade IN ('BRONZE', 'SILVER', 'GOLD', 'VIP')),
  PRIMARY KEY (customer_id, changed_at),
  CHECK (from_grade <> to_grade)
);

-- Append-only. The target is a product, category or coupon by its id, or a text that was searched for.
CREATE TABLE behaviour_actions (
  id uuid PRIMARY KEY,
  customer_id integer NOT NULL,
  action text NOT NULL CHECK (action IN
    ('click', 'hover', 'cart-create', 'cart-cancel', 'cart-modify-plus', 'cart-modify-minus', 'order-create',
     'order-cancel', 'coupon-create', 'coupon-use', 'search')),
  target_type text NOT NULL CHECK (target_type IN ('product', 'category', 'coupon', 'text')),
  target_id integer,
  target_text text,
  acted_at timestamptz NOT NULL,
  CHECK ((target_type = 'text') = (target_text IS NOT NULL)),
  CHECK ((target_type = 'text') = (target_id IS NULL))
);
CREATE INDEX behaviour_actions_customer ON behaviour_actions (customer_id, acted_at DESC);

CREATE SCHEMA analysis;

-- Orders that were ever confirmed, with Seoul's day and month and whether their money stayed.
CREATE VIEW analysis.sales AS
  SELECT id AS order_id, customer_id, placed_at, state, total_krw,
         (placed_at AT TIME ZONE 'Asia/Seoul')::date AS day,
         date_trunc('month', placed_at AT TIME ZONE 'Asia/Seoul')::date AS month,
         state NOT IN ('cancelled', 'refunded') AS is_kept
    FROM orders
   WHERE resolved_at IS NOT NULL AND state <> 'rejected';

CREATE VIEW analysis.orders_per_day AS
  SELECT day, count(*) AS order_count, coalesce(sum(total_krw) FILTER (WHERE is_kept), 0) AS revenue_krw,
         count(DISTINCT customer_id) AS buyer_count, count(*) FILTER (WHERE state = 'cancelled') AS cancelled_count
    FROM analysis.sales
   GROUP BY day;

CREATE VIEW analysis.orders_per_hour AS
  SELECT extract(hour FROM placed_at AT TIME ZONE 'Asia/Seoul')::integer AS hour, count(*) AS order_count
    FROM analysis.sales
   GROUP BY 1;

CREATE VIEW analysis.sign_ups_per_day AS
  SELECT (created_at AT TIME ZONE 'Asia/Seoul')::date AS day, count(*) AS customer_count
    FROM customers
   WHERE 'customer' = ANY (roles)
   GROUP BY 1;

-- Of the customers whose first order lies in a month, how many ordered again so many months later.
CREATE VIEW analysis.cohort_retention AS
  WITH bought AS (
    SELECT DISTINCT customer_id, month FROM analysis.sales
  ), firsts AS (
    SELECT customer_id, min(month) AS cohort_month FROM bought GROUP BY customer_id
  ), sizes AS (
    SELECT cohort_month, count(*) AS cohort_size FROM firsts GROUP BY cohort_month
  )
  SELECT cohort_month,
         ((extract(year FROM month) - extract(year FROM cohort_month)) * 12
           + extract(month FROM month) - extract(month FROM cohort_month))::integer AS months_after,
         count(*) AS customer_count, cohort_size, count(*)::double precision / cohort_size AS retention_ratio
    FROM bought JOIN firsts USING (customer_id) JOIN sizes USING (cohort_month)
   GROUP BY cohort_month, months_after, cohort_size;

CREATE VIEW analysis.grade_moves AS
  SELECT date_trunc('week', changed_at AT TIME ZONE 'Asia/Seoul')::date AS week, from_grade, to_grade,
         count(*) AS customer_count
    FROM grade_changes
   GROUP BY 1, 2, 3;

CREATE VIEW analysis.sales_by_category AS
  SELECT sales.month, categories.name AS category, count(DISTINCT sales.order_id) AS order_count,
         sum(lines.quantity) AS quantity, sum(lines.quantity::bigint * lines.unit_price_krw) AS revenue_krw
    FROM analysis.sales
    JOIN order_lines AS lines USING (order_id)
    JOIN products ON products.id = lines.product_id
    JOIN categories ON categories.id = products.category_id
   WHERE sales.is_kept
   GROUP BY sales.month, categories.name;

CREATE VIEW analysis.sales_by_region AS
  SELECT sales.month, customers.region, count(*) AS order_count, count(DISTINCT sales.customer_id) AS buyer_count,
         sum(sales.total_krw) AS revenue_krw
    FROM analysis.sales
    JOIN customers ON customers.id = sales.customer_id
   WHERE sales.is_kept
   GROUP BY sales.month, customers.region;
