import { sqlRule } from '../rules/rule.ts';

export const newestListsReflectNewestActs = sqlRule({
  name: 'newest-lists-reflect-newest-acts',
  claim:
    'The newest stored lists of a customer take into account the newest of their acts that lists were shown for.',
  checked: `SELECT count(DISTINCT customer_id) FILTER (WHERE is_answered) AS count FROM rehearsal.acts`,
  broken: `
    WITH newest_acts AS (
      SELECT DISTINCT ON (customer_id) customer_id, id FROM rehearsal.acts
      WHERE is_answered ORDER BY customer_id, id DESC
    ), newest_lists AS (
      SELECT DISTINCT ON (customer_id) customer_id, reflects_action_id FROM audit.recommendations
      WHERE kind = 'category' ORDER BY customer_id, made_at DESC, reflects_action_id DESC NULLS LAST
    )
    SELECT format('customer %s was shown lists for act %s, and the newest stored list by category reflects %s', customer_id,
                  acts.id, coalesce(lists.reflects_action_id::text, 'nothing')) AS violation
    FROM newest_acts AS acts
    LEFT JOIN newest_lists AS lists USING (customer_id)
    WHERE lists.reflects_action_id IS NULL OR lists.reflects_action_id < acts.id`,
});
