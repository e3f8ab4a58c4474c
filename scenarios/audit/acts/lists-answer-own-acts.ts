import { sqlRule } from '../rules/rule.ts';

// Ids of actions rise with time, so lists reflect an act when the oldest of the actions that they name is not older.
export const listsAnswerOwnActs = sqlRule({
  name: 'lists-answer-own-acts',
  claim:
    'Every act that lists were shown for is in the behaviour log as its customer’s, and those lists take it into account; no push answers what somebody else did.',
  checked: `SELECT count(*) FILTER (WHERE is_answered) AS count FROM rehearsal.acts`,
  broken: `
    SELECT format('act %s of customer %s was answered by lists and is not in the log as theirs', told.id,
                  told.customer_id) AS violation
    FROM rehearsal.acts AS told
    WHERE told.is_answered
      AND NOT EXISTS (SELECT FROM rehearsal.stored_actions AS stored
                      WHERE stored.id = told.id AND stored.customer_id = told.customer_id)
    UNION ALL
    SELECT format('act %s of customer %s was answered by lists that know nothing after %s', id, customer_id,
                  coalesce(reflected_id::text, 'the beginning'))
    FROM rehearsal.acts
    WHERE is_answered AND (reflected_id IS NULL OR reflected_id < id)
    UNION ALL
    SELECT format('customer %s was pushed lists for action %s, which they did not do, beside their %s', strange.customer_id,
                  strange.id, strange.beside_id)
    FROM rehearsal.answers_to_strangers AS strange
    WHERE NOT EXISTS (SELECT FROM rehearsal.acts AS told
                      WHERE told.id = strange.id AND told.customer_id = strange.customer_id)`,
});
