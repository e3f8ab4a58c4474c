import { sqlRule } from '../rules/rule.ts';

export const actionsHappenOnce = sqlRule({
  name: 'actions-happen-once',
  claim:
    'Every action that the shop took in is in the behaviour log exactly once, as its customer did it; none is there that was refused or that nobody did.',
  checked: `SELECT (SELECT count(*) FROM rehearsal.told_actions)
                 + (SELECT count(*) FROM rehearsal.stored_actions) AS count`,
  broken: `
    WITH held AS (
      SELECT told.id, told.action, told.customer_id, told.answer, count(stored.id) AS times
      FROM rehearsal.told_actions AS told
      LEFT JOIN rehearsal.stored_actions AS stored ON stored.id = told.id
      GROUP BY told.id, told.action, told.customer_id, told.answer
    )
    SELECT format('%s %s of customer %s was %s and is in the log %s times', action, id, customer_id,
                  CASE answer WHEN 'unknown' THEN 'sent without an answer' ELSE answer END, times) AS violation
    FROM held
    WHERE times > 1 OR (answer = 'accepted' AND times = 0) OR (answer = 'refused' AND times > 0)
    UNION ALL
    SELECT format('action %s was %s; the log has %s', told.id,
                  concat_ws(' ', told.action, told.target_type, told.target, 'of customer', told.customer_id),
                  concat_ws(' ', stored.action, stored.target_type, stored.target, 'of customer', stored.customer_id))
    FROM rehearsal.told_actions AS told
    JOIN rehearsal.stored_actions AS stored ON stored.id = told.id
    WHERE (told.customer_id, told.action, told.target_type, told.target)
          IS DISTINCT FROM (stored.customer_id, stored.action, stored.target_type, stored.target)
    UNION ALL
    SELECT format('%s %s of customer %s is in the log and nobody did it', action, id, customer_id)
    FROM rehearsal.stored_actions AS stored
    WHERE NOT EXISTS (SELECT FROM rehearsal.told_actions AS told WHERE told.id = stored.id)`,
});
