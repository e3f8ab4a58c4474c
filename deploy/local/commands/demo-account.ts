// An account of the shop's data set to sign in with: one that has bought before, so that its pages have something to show.
import pg from 'pg';

/** Of every account of a data set (sim/history/rows/accounts.ts); test data, not a secret. */
export const SEEDED_PASSWORD = 'stampede-2000';

export type DemoAccount = { email: string; password: string; orderCount: number };

const FIND = `
  SELECT identity.subject AS email, bought.count::int AS "orderCount"
    FROM (SELECT customer_id, count(*) FROM orders GROUP BY customer_id) AS bought
    JOIN customers AS customer ON customer.id = bought.customer_id
    JOIN sign_in_identities AS identity ON identity.customer_id = customer.id
   WHERE customer.status = 'ACTIVE' AND NOT 'operator' = ANY (customer.roles)
     AND identity.provider = 'password' AND identity.subject LIKE 'person-%@stampede.example'
   ORDER BY bought.count DESC, customer.id
   LIMIT 1`;

/** The person of the data set who has ordered most; null where nobody has. */
export async function findDemoAccount(databaseUrl: string): Promise<DemoAccount | null> {
  const database = new pg.Client(databaseUrl);
  await database.connect();
  try {
    const { rows } = await database.query<Omit<DemoAccount, 'password'>>(FIND);
    return rows[0] ? { ...rows[0], password: SEEDED_PASSWORD } : null;
  } finally {
    await database.end();
  }
}
