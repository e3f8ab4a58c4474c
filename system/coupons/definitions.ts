// The SQL of coupon definitions: what operators define, and what the rules' coupons go by.
import type { CouponDefinitionView, DefineCouponBody } from '../contract/coupons.ts';
import type { Queryable } from '../platform/postgres/postgres.ts';
import type { CouponTerms } from './rules.ts';
import { columnsOf, TERM_COLUMNS, type TermColumns, termsOf } from './terms.ts';

/** A stored definition as issuing needs it. */
export type KnownDefinition = { id: number; validForMs: number; leftCount: number | null };

/** Reads definitions by id; those with a limit are locked, in id order, until the transaction ends. */
export async function findDefinitions(
  connection: Queryable,
  ids: readonly number[],
): Promise<Map<number, KnownDefinition>> {
  if (ids.length === 0) return new Map();
  const { rows } = await connection.query<KnownDefinition>({
    name: 'coupon-definitions-find',
    text: `
      WITH limited AS MATERIALIZED (
        SELECT id, issue_limit - issued_count AS left_count FROM coupon_definitions
         WHERE id = ANY($1::int[]) AND issue_limit IS NOT NULL ORDER BY id FOR NO KEY UPDATE
      )
      SELECT d.id, d.valid_for_ms AS "validForMs", l.left_count AS "leftCount"
        FROM coupon_definitions d LEFT JOIN limited l ON l.id = d.id
       WHERE d.id = ANY($1::int[])`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** What a rule's coupons go by, for one target. */
export type RuleTerms = CouponTerms & { rule: string; name: string; validForMs: number };
export type RuleDefinition = { id: number; validForMs: number };

type RuleRow = TermColumns & { id: number; rule: string; validForMs: number };

const keyOf = (row: Omit<RuleRow, 'id'>): string =>
  [row.rule, row.scope, row.targetId, row.tenThousandths, row.amountKrw, row.validForMs].join();

const keyOfTerms = (terms: RuleTerms): string =>
  keyOf({ rule: terms.rule, validForMs: terms.validForMs, ...columnsOf(terms) });

/**
 * Finds the definitions of rules' coupons, and makes those that there are not yet: one for each rule, target and benefit. Gives what
 * finds one's own among them.
 */
export async function ruleDefinitions(
  connection: Queryable,
  wanted: readonly RuleTerms[],
  at: Date,
): Promise<(terms: RuleTerms) => RuleDefinition> {
  const byKey = new Map(wanted.map((terms) => [keyOfTerms(terms), terms]));
  let found = await findOfRules(connection, [...byKey.values()]);
  const missing = [...byKey].filter(([key]) => !found.has(key));
  if (missing.length > 0) {
    // In a fixed order, so that two who make the same ones never wait for each other in a circle.
    missing.sort(([a], [b]) => (a < b ? -1 : 1));
    await makeOfRules(
      connection,
      missing.map(([, terms]) => terms),
      at,
    );
    found = await findOfRules(connection, [...byKey.values()]);
  }
  return (terms) => {
    const definition = found.get(keyOfTerms(terms));
    if (definition === undefined) throw new Error(`the coupon of rule ${terms.rule} has no definition`);
    return definition;
  };
}

async function findOfRules(
  connection: Queryable,
  wanted: readonly RuleTerms[],
): Promise<Map<string, RuleDefinition>> {
  if (wanted.length === 0) return new Map();
  const columns = wanted.map(columnsOf);
  const { rows } = await connection.query<RuleRow>({
    name: 'coupon-definitions-of-rules',
    text: `
      SELECT d.id, d.rule, d.valid_for_ms AS "validForMs", ${TERM_COLUMNS}
        FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::text[], $3::int[])) AS w (rule, scope, target_id)
        JOIN coupon_definitions d
          ON d.rule = w.rule AND d.scope = w.scope AND d.target_id IS NOT DISTINCT FROM w.target_id`,
    values: [
      wanted.map(({ rule }) => rule),
      columns.map(({ scope }) => scope),
      columns.map(({ targetId }) => targetId),
    ],
  });
  return new Map(rows.map((row) => [keyOf(row), row]));
}

async function makeOfRules(connection: Queryable, wanted: readonly RuleTerms[], at: Date): Promise<void> {
  const columns = wanted.map(columnsOf);
  await connection.query({
    name: 'coupon-definitions-make',
    text: `
      INSERT INTO coupon_definitions
        (name, source, rule, scope, target_id, rate_ten_thousandths, amount_krw, valid_for_ms, created_at)
      SELECT name, 'rule', rule, scope, target_id, rate, amount, valid_for_ms, $8::timestamptz
        FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::int[], $6::int[], $7::bigint[])
          WITH ORDINALITY AS w (name, rule, scope, target_id, rate, amount, valid_for_ms, position)
       ORDER BY position
          ON CONFLICT (rule, scope, target_id, rate_ten_thousandths, amount_krw, valid_for_ms)
             WHERE rule IS NOT NULL DO NOTHING`,
    values: [
      wanted.map(({ name }) => name),
      wanted.map(({ rule }) => rule),
      columns.map(({ scope }) => scope),
      columns.map(({ targetId }) => targetId),
      columns.map(({ tenThousandths }) => tenThousandths),
      columns.map(({ amountKrw }) => amountKrw),
      wanted.map(({ validForMs }) => validForMs),
      at,
    ],
  });
}

type DefinitionRow = TermColumns &
  Omit<CouponDefinitionView, 'scope' | 'benefit' | 'createdAt'> & { createdAt: Date };

const DEFINITION_COLUMNS = `d.id, d.name, d.source, ${TERM_COLUMNS}, d.valid_for_ms AS "validForMs",
         d.issue_limit AS "issueLimit", d.created_at AS "createdAt"`;

function viewOf({
  id,
  name,
  source,
  validForMs,
  issueLimit,
  createdAt,
  ...terms
}: DefinitionRow): CouponDefinitionView {
  return { id, name, source, ...termsOf(terms), validForMs, issueLimit, createdAt: createdAt.toISOString() };
}

/** Stores a definition; null when the category or product of its scope does not exist. */
export async function addDefinition(
  connection: Queryable,
  definition: DefineCouponBody,
  at: Date,
): Promise<CouponDefinitionView | null> {
  const { scope, targetId, tenThousandths, amountKrw } = columnsOf(definition);
  const { rows } = await connection.query<DefinitionRow>({
    name: 'coupon-definitions-add',
    text: `
      INSERT INTO coupon_definitions AS d
        (name, source, scope, target_id, rate_ten_thousandths, amount_krw, valid_for_ms, issue_limit, created_at)
      SELECT $1::text, $2::text, $3::text, $4::int, $5::int, $6::int, $7::bigint, $8::int, $9::timestamptz
       WHERE CASE $3::text
               WHEN 'category' THEN EXISTS (SELECT FROM categories WHERE id = $4::int)
               WHEN 'product' THEN EXISTS (SELECT FROM products WHERE id = $4::int AND deleted_at IS NULL)
               ELSE true END
      RETURNING ${DEFINITION_COLUMNS}`,
    values: [
      definition.name,
      definition.source,
      scope,
      targetId,
      tenThousandths,
      amountKrw,
      definition.validForMs,
      definition.issueLimit,
      at,
    ],
  });
  return rows[0] === undefined ? null : viewOf(rows[0]);
}

/** One page of all definitions, newest first. */
export async function listDefinitions(
  connection: Queryable,
  page: { limit: number; offset: number },
): Promise<CouponDefinitionView[]> {
  const { rows } = await connection.query<DefinitionRow>({
    name: 'coupon-definitions-list',
    text: `SELECT ${DEFINITION_COLUMNS} FROM coupon_definitions d ORDER BY d.id DESC LIMIT $1 OFFSET $2`,
    values: [page.limit, page.offset],
  });
  return rows.map(viewOf);
}
