import { sqlRule } from '../rules/rule.ts';

export const pushedListsAreStored = sqlRule({
  name: 'pushed-lists-are-stored',
  claim:
    'Every list by category that was pushed for an act is stored for its customer just as it was pushed.',
  checked: `SELECT count(category_reflected_id) AS count FROM rehearsal.acts`,
  broken: `
    SELECT format('the list by category that customer %s saw for act %s (reflecting %s, product %s first) is not stored',
                  told.customer_id, told.id, told.category_reflected_id,
                  coalesce(told.category_first_product_id::text, 'none')) AS violation
    FROM rehearsal.acts AS told
    WHERE told.category_reflected_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM audit.recommendations AS stored
                      WHERE stored.customer_id = told.customer_id AND stored.kind = 'category'
                        AND stored.reflects_action_id = told.category_reflected_id
                        AND stored.product_ids[1] IS NOT DISTINCT FROM told.category_first_product_id)`,
});
