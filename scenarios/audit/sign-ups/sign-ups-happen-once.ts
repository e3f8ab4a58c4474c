import { sqlRule } from '../rules/rule.ts';

// Ids only rise, so whoever has one above the last of the data set was stored during the run. Who was brought along from
// outside is judged by people-arrive-once.
export const signUpsHappenOnce = sqlRule({
  name: 'sign-ups-happen-once',
  claim:
    'Everybody who was given an account has it exactly once, as they signed up and with the e-mail to sign in with; nobody else was registered.',
  checked: `SELECT (SELECT count(*) FROM rehearsal.sign_ups)
                 + (SELECT count(*) FROM audit.customers
                    WHERE customer_id > (SELECT last_customer_id FROM rehearsal.run) AND arrival_id IS NULL) AS count`,
  broken: `
    WITH registered AS (
      SELECT * FROM audit.customers
      WHERE customer_id > (SELECT last_customer_id FROM rehearsal.run) AND arrival_id IS NULL
    ), held AS (
      SELECT asked.email, asked.answer, asked.http_status, count(stored.customer_id) AS times
      FROM rehearsal.sign_ups AS asked
      LEFT JOIN audit.customers AS stored ON lower(stored.email) = lower(asked.email)
      GROUP BY asked.email, asked.answer, asked.http_status
    )
    SELECT format('%s: the sign-up was %s (HTTP %s) and is stored %s times', email, answer,
                  coalesce(http_status::text, 'no answer'), times) AS violation
    FROM held
    WHERE times > 1 OR (answer = 'accepted' AND times = 0) OR (answer = 'refused' AND times > 0)
    UNION ALL
    SELECT format('%s was told to be customer %s, %s; stored is customer %s, %s, who signs in by %s', asked.email,
                  coalesce(asked.customer_id::text, 'unknown'),
                  concat_ws(' ', asked.name, asked.nickname, asked.gender, asked.birth_year, asked.region,
                            asked.marketing_consent),
                  stored.customer_id,
                  concat_ws(' ', stored.name, stored.nickname, stored.gender, stored.birth_year, stored.region,
                            stored.marketing_consent),
                  coalesce(nullif(array_to_string(stored.sign_ins, ', '), ''), 'nothing'))
    FROM rehearsal.sign_ups AS asked
    JOIN registered AS stored ON lower(stored.email) = lower(asked.email)
    WHERE asked.customer_id <> stored.customer_id
       OR (asked.name, asked.nickname, asked.gender, asked.birth_year, asked.region, asked.marketing_consent)
          IS DISTINCT FROM
          (stored.name, stored.nickname, stored.gender, stored.birth_year, stored.region, stored.marketing_consent)
       OR stored.sign_ins <> ARRAY['password:' || lower(asked.email)]
    UNION ALL
    SELECT format('customer %s (%s) was registered at %s and nobody signed up so', customer_id, email, created_at)
    FROM registered
    WHERE NOT EXISTS (SELECT FROM rehearsal.sign_ups AS asked WHERE lower(asked.email) = lower(registered.email))`,
});
