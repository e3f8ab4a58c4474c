// The behaviour log in PostgreSQL: an append-only table with a partition for each day in UTC (migration 011).
import type { BehaviourEntry, TargetType } from '../../contract/behaviour.ts';
import type { BehaviourAction } from '../../contract/tables.ts';
import type { Database } from '../../platform/postgres/postgres.ts';
import { isDataFault } from '../../platform/postgres/statement-faults.ts';
import type { LoggedAction, Place } from '../rules.ts';
import type { BehaviourStore, LogFilter } from './store.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Partitions that are made before their day begins. */
const DAYS_AHEAD = 2;
/** Writers queue behind whoever waits for the whole table, so that one does not wait long; the next upkeep tries again. */
const DROP_LOCK_MS = 2_000;

/** In one transaction with what may be missing: rows of a day without partition are refused. */
const ADD = `
  INSERT INTO behaviour_actions (id, customer_id, action, target_type, target_id, target_text, acted_at)
  SELECT * FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::text[], $5::integer[], $6::text[], $7::timestamptz[])
  ON CONFLICT DO NOTHING`;

const COLUMNS = `
  id, customer_id AS "customerId", action, target_type AS "targetType", target_id AS "targetId",
  target_text AS "targetText", acted_at AS "actedAt"`;

const NEWEST_OF = `
  SELECT newest.*
    FROM unnest($1::integer[]) WITH ORDINALITY AS asked (id, place),
         LATERAL (SELECT ${COLUMNS} FROM behaviour_actions WHERE customer_id = asked.id
                   ORDER BY acted_at DESC, id DESC LIMIT $2) AS newest
   ORDER BY asked.place, newest."actedAt" DESC, newest.id DESC`;

type Row = {
  id: string;
  customerId: number;
  action: BehaviourAction;
  targetType: TargetType;
  targetId: number | null;
  targetText: string | null;
  actedAt: Date;
};

const toEntry = ({ targetType, targetId, targetText, actedAt, ...row }: Row): BehaviourEntry => ({
  ...row,
  target: { type: targetType, id: targetId, text: targetText },
  actedAt: actedAt.toISOString(),
});

type Value = string | number | Date;

/** The conditions of a filter, with its values put behind those that are there. */
function conditionsOf(filter: LogFilter, values: Value[]): string[] {
  const { customerId, targetType, targetId, action, from, to, words } = filter;
  const conditions: string[] = [];
  const when = (value: Value | null, condition: (parameter: string) => string) => {
    if (value !== null) conditions.push(condition(`$${values.push(value)}`));
  };
  when(customerId, (one) => `customer_id = ${one}`);
  when(targetType, (one) => `target_type = ${one}`);
  when(targetId, (one) => `target_id = ${one}`);
  when(action, (one) => `action = ${one}`);
  when(from, (one) => `acted_at >= ${one}`);
  when(to, (one) => `acted_at < ${one}`);
  if (words.length > 0) {
    const query = words.map((word) => `'${word}':*`).join(' & ');
    // Words hold no punctuation (catalog/rules.ts), so nothing in them acts as syntax.
    when(
      query,
      (one) => `target_text IS NOT NULL AND product_words(target_text, '{}') @@ lower(${one})::tsquery`,
    );
  }
  return conditions;
}

/** The statement of a page of the log. The values decide which index is best, so it is planned each time. */
export function findStatement(filter: LogFilter, { after, limit }: { after: Place | null; limit: number }) {
  const values: Value[] = [limit];
  const conditions = conditionsOf(filter, values);
  if (after !== null) {
    const at = `$${values.push(after.actedAt)}`;
    // The first condition leaves partitions out, which a comparison of rows does not.
    conditions.push(`acted_at <= ${at}`, `(acted_at, id) < (${at}, $${values.push(after.id)}::uuid)`);
  }
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  return {
    text: `SELECT ${COLUMNS} FROM behaviour_actions ${where} ORDER BY acted_at DESC, id DESC LIMIT $1`,
    values,
  };
}

/** The statement of a histogram. */
export function histogramStatement(filter: LogFilter, stepMs: number) {
  const values: Value[] = [stepMs];
  const conditions = conditionsOf(filter, values);
  return {
    text: `SELECT floor(extract(epoch FROM acted_at) * 1000 / $1::bigint)::bigint * $1::bigint AS "startMs", count(*) AS count
             FROM behaviour_actions ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}
            GROUP BY 1`,
    values,
  };
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** @param retentionDays days that stay beside the present one. */
export function createPostgresBehaviourStore(deps: {
  database: Database;
  retentionDays: number;
}): BehaviourStore {
  const { database, retentionDays } = deps;
  const known = new Set<string>();

  async function makeDays(first: string, last: string): Promise<number> {
    const { rows } = await database.query<{ count: number }>(
      'SELECT behaviour_create_days($1, $2) AS count',
      [first, last],
    );
    return rows[0]?.count ?? 0;
  }

  /** A process that sleeps over the end of its partitions, or is given something old, makes what it needs. */
  async function makeMissing(actions: readonly LoggedAction[]): Promise<void> {
    const missing = new Set(actions.map(({ actedAt }) => dayOf(actedAt)).filter((day) => !known.has(day)));
    for (const day of missing) {
      await makeDays(day, day);
      known.add(day);
    }
  }

  return {
    async add(actions) {
      if (actions.length === 0) return;
      await makeMissing(actions);
      await database.query({ name: 'behaviour-add', text: ADD, values: columnsOf(actions) });
    },
    async find(filter, page) {
      const { rows } = await database.query<Row>(findStatement(filter, page));
      return rows.map(toEntry);
    },
    async newestOf(customerIds, count) {
      const { rows } = await database.query<Row>({
        // Named, for planning it over all days costs more than what it reads.
        name: 'behaviour-newest-of',
        text: NEWEST_OF,
        values: [customerIds, count],
      });
      return rows.map(toEntry);
    },
    async histogram(filter, stepMs) {
      const { rows } = await database.query<{ startMs: number; count: number }>(
        histogramStatement(filter, stepMs),
      );
      return new Map(rows.map(({ startMs, count }) => [startMs, count]));
    },
    async upkeep(now) {
      const last = new Date(now.getTime() + DAYS_AHEAD * DAY_MS);
      const addedDayCount = await makeDays(dayOf(now), dayOf(last));
      const firstKept = dayOf(new Date(now.getTime() - retentionDays * DAY_MS));
      const droppedDayCount = await dropDaysBefore(database, firstKept);
      for (const day of known) if (day < firstKept) known.delete(day);
      return { addedDayCount, droppedDayCount };
    },
    isActionFault: isDataFault,
  };
}

async function dropDaysBefore(database: Database, firstKept: string): Promise<number> {
  const client = await database.connect();
  let isBroken = true;
  try {
    await client.query('BEGIN');
    await client.query(`SET LOCAL lock_timeout = ${DROP_LOCK_MS}`);
    const { rows } = await client.query<{ count: number }>('SELECT behaviour_drop_days_before($1) AS count', [
      firstKept,
    ]);
    await client.query('COMMIT');
    isBroken = false;
    return rows[0]?.count ?? 0;
  } finally {
    client.release(isBroken);
  }
}

function columnsOf(actions: readonly LoggedAction[]): unknown[] {
  return [
    actions.map(({ id }) => id),
    actions.map(({ customerId }) => customerId),
    actions.map(({ action }) => action),
    actions.map(({ target }) => target.type),
    actions.map(({ target }) => (target.type === 'text' ? null : target.id)),
    actions.map(({ target }) => (target.type === 'text' ? target.text : null)),
    actions.map(({ actedAt }) => actedAt.toISOString()),
  ];
}
