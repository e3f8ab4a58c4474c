// Where the lists are kept: every list that was made, by its time, and the newest of each kind is read. The hours that lie too far
// back go as a whole.
import type { RecommendationKind, RecommendationList } from '../contract/recommendations.ts';
import type { Database } from '../platform/postgres/postgres.ts';

/** Stands for everybody: whose the list `trending` is. */
export const EVERYBODY = 0;

export type StoredList = { customerId: number; list: RecommendationList };

export type RecommendationStore = {
  /** Stores all of them or none. */
  add(lists: readonly StoredList[]): Promise<void>;
  /** The newest list of a kind, or null. */
  newest(customerId: number, kind: RecommendationKind): Promise<RecommendationList | null>;
  /** The newest list of each kind that each of them has. */
  newestOf(customerIds: readonly number[]): Promise<StoredList[]>;
  /** The action that the newest list of each of them reflects, of lists made at this time or later. */
  reflected(customerIds: readonly number[], since: Date): Promise<Map<number, string>>;
  /** Makes ready for the hours to come and lets those go that are older than what is kept. */
  upkeep(now: Date): Promise<{ addedHourCount: number; droppedHourCount: number }>;
};

const HOUR_MS = 60 * 60 * 1_000;
const HOURS_AHEAD = 2;
/** Dropping an hour takes the whole table for a moment; whoever works must not wait for it behind a long reader. */
const DROP_LOCK_MS = 1_000;

const ADD = `
  INSERT INTO recommendations (customer_id, kind, made_at, reflects_action_id, product_ids)
  SELECT customer_id, kind, made_at, reflects_action_id, product_ids::integer[]
    FROM unnest($1::integer[], $2::text[], $3::timestamptz[], $4::uuid[], $5::text[])
      AS made (customer_id, kind, made_at, reflects_action_id, product_ids)`;

const COLUMNS = `kind, made_at AS "madeAt", reflects_action_id AS "reflectsActionId", product_ids AS "productIds"`;

const NEWEST = `
  SELECT ${COLUMNS} FROM recommendations WHERE customer_id = $1 AND kind = $2 ORDER BY made_at DESC LIMIT 1`;

const NEWEST_OF = `
  SELECT customer_id AS "customerId", newest.*
    FROM unnest($1::integer[]) AS customer_id, unnest($2::text[]) AS of_kind,
         LATERAL (SELECT ${COLUMNS} FROM recommendations r
                   WHERE r.customer_id = customer_id.customer_id AND r.kind = of_kind
                   ORDER BY r.made_at DESC LIMIT 1) AS newest`;

const REFLECTED = `
  SELECT DISTINCT ON (customer_id) customer_id AS "customerId", reflects_action_id AS "actionId"
    FROM recommendations
   WHERE customer_id = ANY($1::integer[]) AND made_at >= $2 AND reflects_action_id IS NOT NULL
   ORDER BY customer_id, made_at DESC`;

type Row = {
  kind: RecommendationKind;
  madeAt: Date;
  reflectsActionId: string | null;
  productIds: number[];
};

const toList = ({ kind, madeAt, reflectsActionId, productIds }: Row): RecommendationList => ({
  kind,
  productIds,
  reflectsActionId,
  madeAt: madeAt.toISOString(),
});

const hourOf = (ms: number): string => new Date(Math.floor(ms / HOUR_MS) * HOUR_MS).toISOString();

/** @param keepHours hours that lists stay, beside the present one. */
export function createRecommendationStore(deps: {
  database: Database;
  kinds: readonly RecommendationKind[];
  keepHours: number;
}): RecommendationStore {
  const { database, kinds, keepHours } = deps;
  const known = new Set<string>();

  async function makeHours(firstMs: number, lastMs: number): Promise<number> {
    const { rows } = await database.query<{ count: number }>(
      'SELECT recommendations_create_hours($1, $2) AS count',
      [hourOf(firstMs), hourOf(lastMs)],
    );
    return rows[0]?.count ?? 0;
  }
  async function makeMissing(lists: readonly StoredList[]): Promise<void> {
    const hours = new Set(lists.map(({ list }) => hourOf(Date.parse(list.madeAt))));
    for (const hour of hours) {
      if (known.has(hour)) continue;
      await makeHours(Date.parse(hour), Date.parse(hour));
      known.add(hour);
    }
  }
  return {
    async add(lists) {
      if (lists.length === 0) return;
      await makeMissing(lists);
      await database.query({ name: 'recommendations-add', text: ADD, values: columnsOf(lists) });
    },
    async newest(customerId, kind) {
      const { rows } = await database.query<Row>({
        name: 'recommendations-newest',
        text: NEWEST,
        values: [customerId, kind],
      });
      return rows[0] ? toList(rows[0]) : null;
    },
    async newestOf(customerIds) {
      const { rows } = await database.query<Row & { customerId: number }>({
        name: 'recommendations-newest-of',
        text: NEWEST_OF,
        values: [[...customerIds], [...kinds]],
      });
      return rows.map((row) => ({ customerId: row.customerId, list: toList(row) }));
    },
    async reflected(customerIds, since) {
      const { rows } = await database.query<{ customerId: number; actionId: string }>(REFLECTED, [
        [...customerIds],
        since,
      ]);
      return new Map(rows.map(({ customerId, actionId }) => [customerId, actionId]));
    },
    async upkeep(now) {
      const addedHourCount = await makeHours(now.getTime(), now.getTime() + HOURS_AHEAD * HOUR_MS);
      const firstKept = hourOf(now.getTime() - keepHours * HOUR_MS);
      const droppedHourCount = await dropHoursBefore(database, firstKept);
      for (const hour of known) if (hour < firstKept) known.delete(hour);
      return { addedHourCount, droppedHourCount };
    },
  };
}

async function dropHoursBefore(database: Database, firstKept: string): Promise<number> {
  const client = await database.connect();
  let isBroken = true;
  try {
    await client.query('BEGIN');
    await client.query(`SET LOCAL lock_timeout = ${DROP_LOCK_MS}`);
    const { rows } = await client.query<{ count: number }>(
      'SELECT recommendations_drop_hours_before($1) AS count',
      [firstKept],
    );
    await client.query('COMMIT');
    isBroken = false;
    return rows[0]?.count ?? 0;
  } finally {
    client.release(isBroken);
  }
}

function columnsOf(lists: readonly StoredList[]): unknown[] {
  return [
    lists.map(({ customerId }) => customerId),
    lists.map(({ list }) => list.kind),
    lists.map(({ list }) => list.madeAt),
    lists.map(({ list }) => list.reflectsActionId),
    lists.map(({ list }) => `{${list.productIds.join(',')}}`),
  ];
}
