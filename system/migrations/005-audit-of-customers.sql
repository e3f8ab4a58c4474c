-- Who is registered, with the identities that they sign in with, for a rehearsal's audit of sign-ups. No secret is shown.
CREATE VIEW audit.customers AS
  SELECT c.id AS customer_id, c.email, c.name, c.nickname, c.gender, c.birth_year, c.region, c.marketing_consent,
         c.created_at,
         ARRAY(SELECT i.provider || ':' || i.subject
                 FROM sign_in_identities i
                WHERE i.customer_id = c.id AND i.secret_hash IS NOT NULL
                ORDER BY 1) AS sign_ins
    FROM customers c;
