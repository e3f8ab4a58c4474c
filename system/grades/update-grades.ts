// One update of all grades: a single pass over the orders of the window finds whose grade is another one now, then only those
// rows are written, in batches that hold their locks for milliseconds.
import type { PoolClient } from 'pg';
import type { Grade } from '../contract/common.ts';
import { GRADE_RULES, GRADE_WINDOW_DAYS } from '../contract/grades.ts';
import type { Database } from '../platform/postgres/postgres.ts';

export type GradeChange = { customerId: number; fromGrade: Grade; toGrade: Grade };

const BATCH_COUNT = 1_000;
const DAY_MS = 24 * 60 * 60 * 1_000;
/** Of the session that updates; PostgreSQL takes it back when that ends in whatever way. */
const LOCK = `hashtextextended('shop grades', 0)`;

// Memory for a million sums, time for the pass, and one core: the others are the orders'.
const ROOM = `SET LOCAL work_mem = '256MB'; SET LOCAL statement_timeout = '300s'; SET LOCAL max_parallel_workers_per_gather = 0`;

/** $3…$5: grades with their least counts and amounts, the highest first. */
const GRADE = GRADE_RULES.map(
  (_, index) =>
    `WHEN s.order_count >= ($4::int[])[${index + 1}] AND s.amount_krw >= ($5::bigint[])[${index + 1}] THEN ($3::text[])[${index + 1}]`,
).join('\n                ');

// Orders count that were confirmed and neither cancelled nor refunded, placed from $1 on and before $2. Who withdrew has no grade
// to win or lose.
const DECLARE_DUE = `
  DECLARE due_grades NO SCROLL CURSOR WITH HOLD FOR
  WITH sums AS (
    SELECT customer_id, count(*) AS order_count, sum(total_krw) AS amount_krw
      FROM orders
     WHERE placed_at >= $1 AND placed_at < $2 AND state IN ('confirmed', 'shipped', 'delivered')
     GROUP BY customer_id
  ), graded AS (
    SELECT c.id, c.grade AS from_grade,
           CASE ${GRADE}
                ELSE 'BRONZE' END AS to_grade
      FROM customers c LEFT JOIN sums s ON s.customer_id = c.id
     WHERE c.status <> 'WITHDRAWN'
  )
  SELECT id AS "customerId", from_grade AS "fromGrade", to_grade AS "toGrade"
    FROM graded WHERE from_grade <> to_grade ORDER BY id`;

// In id order, as orders lock customers. Whoever withdrew or was graded otherwise meanwhile is left out.
const APPLY = `
  WITH due AS (
    SELECT * FROM unnest($1::int[], $2::text[], $3::text[]) AS due (id, from_grade, to_grade)
  ), locked AS MATERIALIZED (
    SELECT c.id, due.from_grade, due.to_grade FROM customers c JOIN due ON due.id = c.id
     WHERE c.grade = due.from_grade AND c.status <> 'WITHDRAWN'
     ORDER BY c.id FOR NO KEY UPDATE OF c
  ), written AS (
    UPDATE customers c SET grade = locked.to_grade FROM locked WHERE c.id = locked.id
    RETURNING c.id, locked.from_grade, locked.to_grade
  ), noted AS (
    INSERT INTO grade_changes (customer_id, changed_at, from_grade, to_grade)
    SELECT id, $4, from_grade, to_grade FROM written
  )
  SELECT id AS "customerId", from_grade AS "fromGrade", to_grade AS "toGrade" FROM written ORDER BY id`;

export type GradeUpdate = { changedCount: number } | 'another updates';

/**
 * Brings everybody's grade to what the orders of the last 180 days before `now` make it. `onChanged` hears of each batch after its
 * commit. Rejects as the database does; what was committed until then stays, and the next update does the rest.
 */
export async function updateGrades(
  database: Database,
  now: Date,
  onChanged: (changes: readonly GradeChange[]) => void,
): Promise<GradeUpdate> {
  const client = await database.connect();
  let isDone = false;
  try {
    const { rows } = await client.query<{ locked: boolean }>(
      `SELECT pg_try_advisory_lock(${LOCK}) AS locked`,
    );
    if (rows[0]?.locked !== true) {
      isDone = true;
      return 'another updates';
    }
    await declareDue(client, now);
    let changedCount = 0;
    for (;;) {
      const due = await client.query<GradeChange>(`FETCH ${BATCH_COUNT} FROM due_grades`);
      if (due.rows.length === 0) break;
      const { rows: changes } = await client.query<GradeChange>(APPLY, [
        due.rows.map(({ customerId }) => customerId),
        due.rows.map(({ fromGrade }) => fromGrade),
        due.rows.map(({ toGrade }) => toGrade),
        now,
      ]);
      changedCount += changes.length;
      onChanged(changes);
    }
    await client.query('CLOSE due_grades');
    await client.query(`SELECT pg_advisory_unlock(${LOCK})`);
    isDone = true;
    return { changedCount };
  } finally {
    // A session that may still hold the lock or the cursor ends.
    client.release(!isDone);
  }
}

async function declareDue(client: PoolClient, now: Date): Promise<void> {
  await client.query('BEGIN');
  await client.query(ROOM);
  await client.query(DECLARE_DUE, [
    new Date(now.getTime() - GRADE_WINDOW_DAYS * DAY_MS),
    now,
    GRADE_RULES.map(({ grade }) => grade),
    GRADE_RULES.map(({ leastOrderCount }) => leastOrderCount),
    GRADE_RULES.map(({ leastAmountKrw }) => leastAmountKrw),
  ]);
  // The cursor outlives the transaction: the pass is made here, and nothing is locked afterwards.
  await client.query('COMMIT');
}
