// SQL of what the rules have given: the one place that decides whether something may happen again.
import type { Queryable } from '../platform/postgres/postgres.ts';
import type { Decision } from './decide.ts';

export type Firings = {
  /** Of these decisions those that may happen now, each once; in the transaction in which they then happen. */
  take(client: Queryable, decisions: readonly Decision[]): Promise<Decision[]>;
  /** Lets at most `count` go that keep nothing from happening any more; gives how many there were. */
  removeFree(before: Date, count: number): Promise<number>;
};

// In the order of their keys, so that of two processes that want the same neither waits for the other in turn.
const TAKE = `
  INSERT INTO rule_firings AS known (customer_id, rule, key, fired_at, free_at)
  SELECT * FROM unnest($1::integer[], $2::smallint[], $3::text[], $4::timestamptz[], $5::timestamptz[]) AS wanted
   ORDER BY 1, 2, 3
      ON CONFLICT (customer_id, rule, key) DO UPDATE SET fired_at = excluded.fired_at, free_at = excluded.free_at
   WHERE known.free_at <= excluded.fired_at
  RETURNING customer_id AS "customerId", rule, key`;

const REMOVE = `
  DELETE FROM rule_firings WHERE ctid = ANY(ARRAY(SELECT ctid FROM rule_firings
   WHERE free_at <> 'infinity' AND free_at < $1 ORDER BY free_at LIMIT $2 FOR UPDATE SKIP LOCKED))`;

type Name = { customerId: number; rule: number; key: string };

const nameOf = ({ customerId, rule, key }: Name): string => `${customerId} ${rule} ${key}`;
/** The same of whatever counts as the same of one person and rule. */
export const nameOfDecision = ({ customerId, rule, key }: Decision): string =>
  nameOf({ customerId, rule: rule.number, key });

const instant = (ms: number): string => (Number.isFinite(ms) ? new Date(ms).toISOString() : 'infinity');

export function createFirings(database: Queryable): Firings {
  return {
    async take(client, decisions) {
      // A statement cannot touch one row twice; the first speaks for all.
      const byName = new Map<string, Decision>();
      for (const decision of decisions) {
        const name = nameOfDecision(decision);
        if (!byName.has(name)) byName.set(name, decision);
      }
      const wanted = [...byName.values()];
      const { rows } = await client.query<Name>({
        name: 'rule-firings-take',
        text: TAKE,
        values: [
          wanted.map(({ customerId }) => customerId),
          wanted.map(({ rule }) => rule.number),
          wanted.map(({ key }) => key),
          wanted.map(({ atMs }) => instant(atMs)),
          wanted.map(({ freeAtMs }) => instant(freeAtMs)),
        ],
      });
      return rows.flatMap((row) => byName.get(nameOf(row)) ?? []);
    },
    async removeFree(before, count) {
      const { rowCount } = await database.query(REMOVE, [before, count]);
      return rowCount ?? 0;
    },
  };
}
