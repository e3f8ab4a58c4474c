import { sqlRule } from '../rules/rule.ts';

/** shop-rules, behaviour log: what counts of the last so many actions of a customer, and how much. */
const LAST_ACTIONS = 50;
const WEIGHTS = `(VALUES ('hover', 1), ('click', 3), ('cart-create', 5), ('order-create', 7)) AS weights (action, weight)`;

/** What they had done before the run counts as well. */
const ACTORS = `SELECT DISTINCT customer_id FROM rehearsal.acts WHERE is_answered`;

// Where several categories are equally good, any of them may lead.
export const categoryListsFollowTheLog = sqlRule({
  name: 'category-lists-follow-the-log',
  claim:
    'The newest list by category of everybody who acted begins with a product of the category that scores best in the log, up to the action that the list reflects.',
  checked: `SELECT count(*) AS count FROM (${ACTORS}) AS actors`,
  broken: `
    WITH newest_lists AS (
      SELECT DISTINCT ON (customer_id) customer_id, product_ids[1] AS first_product_id, reflects_action_id
      FROM audit.recommendations
      WHERE kind = 'category' AND customer_id IN (${ACTORS})
      ORDER BY customer_id, made_at DESC, reflects_action_id DESC NULLS LAST
    ), counted AS (
      SELECT lists.customer_id, recent.*
      FROM newest_lists AS lists
      JOIN audit.actions AS reflected
        ON reflected.customer_id = lists.customer_id AND reflected.id = lists.reflects_action_id
      CROSS JOIN LATERAL (
        SELECT action, target_type, target FROM audit.actions AS stored
        WHERE stored.customer_id = lists.customer_id AND stored.acted_at <= reflected.acted_at
          AND (stored.acted_at, stored.id) <= (reflected.acted_at, reflected.id)
        ORDER BY stored.acted_at DESC, stored.id DESC LIMIT ${LAST_ACTIONS}
      ) AS recent
    ), scores AS (
      SELECT counted.customer_id, coalesce(products.category_id, counted.target::integer) AS category_id, sum(weight) AS score
      FROM counted
      JOIN ${WEIGHTS} USING (action)
      LEFT JOIN audit.products AS products
        ON counted.target_type = 'product' AND products.product_id::text = counted.target
      WHERE counted.target_type IN ('product', 'category')
      GROUP BY 1, 2
    ), best AS (
      SELECT customer_id, array_agg(category_id ORDER BY category_id) AS category_ids
      FROM (SELECT *, rank() OVER (PARTITION BY customer_id ORDER BY score DESC) AS place FROM scores) AS ranked
      WHERE place = 1 GROUP BY customer_id
    )
    SELECT format('the list by category of customer %s begins with product %s of category %s; by the log up to %s it is %s',
                  lists.customer_id, lists.first_product_id, products.category_id, lists.reflects_action_id,
                  array_to_string(best.category_ids, ' or ')) AS violation
    FROM newest_lists AS lists
    JOIN best USING (customer_id)
    LEFT JOIN audit.products AS products ON products.product_id = lists.first_product_id
    WHERE products.category_id IS NULL OR NOT products.category_id = ANY (best.category_ids)`,
});
