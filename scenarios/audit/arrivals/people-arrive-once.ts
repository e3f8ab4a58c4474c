import { sqlRule } from '../rules/rule.ts';

// Who signed up by themselves is judged by sign-ups-happen-once.
export const peopleArriveOnce = sqlRule({
  name: 'people-arrive-once',
  claim:
    'Everybody whom the broker acknowledged is in the shop exactly once, as they were sent and with the e-mail to sign in with; nobody else was brought along.',
  checked: `SELECT (SELECT count(*) FROM rehearsal.user_arrivals)
                 + (SELECT count(*) FROM audit.customers WHERE arrival_id IS NOT NULL) AS count`,
  broken: `
    WITH arrived AS (
      SELECT * FROM audit.customers WHERE customer_id > (SELECT last_customer_id FROM rehearsal.run)
    ), held AS (
      SELECT sent.id, sent.email, sent.answer, count(stored.customer_id) AS times
      FROM rehearsal.user_arrivals AS sent
      LEFT JOIN arrived AS stored ON stored.arrival_id = sent.id OR lower(stored.email) = lower(sent.email)
      GROUP BY sent.id, sent.email, sent.answer
    )
    SELECT format('%s (%s) was %s and is stored %s times', id, email,
                  CASE answer WHEN 'accepted' THEN 'acknowledged' ELSE 'sent without an answer' END, times) AS violation
    FROM held
    WHERE times > 1 OR (answer = 'accepted' AND times = 0)
    UNION ALL
    SELECT format('%s was sent as %s; stored is customer %s, %s, who signs in by %s', sent.id,
                  concat_ws(' ', sent.email, sent.name, sent.nickname, sent.gender, sent.birth_year, sent.region,
                            sent.marketing_consent, sent.registered_at),
                  stored.customer_id,
                  concat_ws(' ', stored.email, stored.name, stored.nickname, stored.gender, stored.birth_year,
                            stored.region, stored.marketing_consent, stored.created_at),
                  coalesce(nullif(array_to_string(stored.sign_ins, ', '), ''), 'nothing'))
    FROM rehearsal.user_arrivals AS sent
    JOIN arrived AS stored ON stored.arrival_id = sent.id
    WHERE (sent.email, sent.name, sent.nickname, sent.gender, sent.birth_year, sent.region, sent.marketing_consent,
           sent.registered_at)
          IS DISTINCT FROM
          (stored.email, stored.name, stored.nickname, stored.gender, stored.birth_year, stored.region,
           stored.marketing_consent, stored.created_at)
       OR stored.sign_ins <> ARRAY['password:' || lower(sent.email)]
    UNION ALL
    SELECT format('customer %s (%s) was brought along and nobody sent them so', customer_id, email)
    FROM arrived
    WHERE arrival_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM rehearsal.user_arrivals AS sent WHERE sent.id = arrived.arrival_id)`,
});
