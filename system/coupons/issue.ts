// Issuing coupons, by whatever calls for it: a rule of the shop, a post, an operator. Within the caller's transaction, so that what
// brought the coupon and the coupon itself stand or fall together.
import { uuidv7 } from 'uuidv7';
import type { CouponBenefit, CouponNotIssuedReason, CouponScope } from '../contract/coupons.ts';
import type { Queryable } from '../platform/postgres/postgres.ts';
import { findDefinitions, type KnownDefinition, ruleDefinitions } from './definitions.ts';
import { targetOf } from './terms.ts';

/** A coupon that a rule of the shop gives. */
export type RuleCoupon = {
  kind: 'rule';
  /** Which rule, in its own word: one person has one usable coupon of it for one target. Letters, digits and `-`. */
  rule: string;
  name: string;
  scope: CouponScope;
  benefit: CouponBenefit;
  validForMs: number;
};

export type CouponToIssue = {
  customerId: number;
  /** What a rule gives, or a definition that is stored: one person has one usable coupon of it. */
  of: RuleCoupon | { kind: 'definition'; definitionId: number };
};

/** What became of each, in the order given. */
export type CouponIssue = { customerId: number; definitionId: number } & (
  | { kind: 'issued'; couponId: string; expiresAt: Date }
  | { kind: 'not-issued'; reason: CouponNotIssuedReason }
);

/**
 * Issues coupons, each at most once for its person and target, however many ask at the same time; who has a usable one gets no
 * second. Call it in a transaction. Throws where a definition is named that is not stored.
 *
 * Whoever issues more than one kind at a time should do it in one call: places are taken in a fixed order, so that two calls never
 * wait for each other in a circle.
 */
export async function issueCoupons(
  connection: Queryable,
  wanted: readonly CouponToIssue[],
  at: Date,
): Promise<CouponIssue[]> {
  if (wanted.length === 0) return [];
  const definitionOf = await readDefinitions(connection, wanted, at);
  const drafts = wanted.map((one): Draft => {
    const definition = definitionOf(one.of);
    const expiresAt = new Date(at.getTime() + definition.validForMs);
    return {
      id: uuidv7(),
      customerId: one.customerId,
      definitionId: definition.id,
      place: placeOf(one.of),
      expiresAt,
      leftCount: definition.leftCount,
    };
  });
  await leaveExpiredPlaces(connection, drafts, at);
  const reasons = await insertCoupons(connection, drafts, at);
  const issues = drafts.map(({ id, customerId, definitionId, expiresAt }): CouponIssue => {
    const reason = reasons.get(id);
    if (reason === undefined) throw new Error(`coupon ${id} was neither issued nor refused`);
    return reason === null
      ? { kind: 'issued', customerId, definitionId, couponId: id, expiresAt }
      : { kind: 'not-issued', customerId, definitionId, reason };
  });
  await countLimited(connection, drafts, reasons);
  return issues;
}

type Draft = {
  id: string;
  customerId: number;
  definitionId: number;
  place: string;
  expiresAt: Date;
  /** How many more may be issued of its definition; null: as many as one likes. */
  leftCount: number | null;
};

function placeOf(of: CouponToIssue['of']): string {
  if (of.kind === 'definition') return `definition:${of.definitionId}`;
  return `rule:${of.rule}:${of.scope.kind}:${targetOf(of.scope) ?? ''}`;
}

async function readDefinitions(connection: Queryable, wanted: readonly CouponToIssue[], at: Date) {
  const ofRules = wanted.flatMap(({ of }) => (of.kind === 'rule' ? [of] : []));
  const ids = wanted.flatMap(({ of }) => (of.kind === 'definition' ? [of.definitionId] : []));
  const byRule = await ruleDefinitions(connection, ofRules, at);
  const byId = await findDefinitions(connection, ids);
  return (of: CouponToIssue['of']): KnownDefinition => {
    if (of.kind === 'rule') return { ...byRule(of), leftCount: null };
    const known = byId.get(of.definitionId);
    if (known === undefined) throw new Error(`coupon definition ${of.definitionId} is not stored`);
    return known;
  };
}

/** What has expired unused makes room for another. */
async function leaveExpiredPlaces(connection: Queryable, drafts: readonly Draft[], at: Date): Promise<void> {
  await connection.query({
    name: 'coupons-leave-places',
    text: `
      UPDATE coupons SET place = NULL
       WHERE id IN (SELECT c.id
                      FROM unnest($1::int[], $2::text[]) AS w (customer_id, place)
                      JOIN coupons c ON c.customer_id = w.customer_id AND c.place = w.place
                     WHERE c.expires_at <= $3
                     ORDER BY c.id FOR NO KEY UPDATE OF c)`,
    values: [drafts.map(({ customerId }) => customerId), drafts.map(({ place }) => place), at],
  });
}

/** Why each was not issued, by its id; null for those that were. */
async function insertCoupons(connection: Queryable, drafts: readonly Draft[], at: Date) {
  const { rows } = await connection.query<{ id: string; reason: CouponNotIssuedReason | null }>({
    name: 'coupons-issue',
    text: ISSUE,
    values: [
      drafts.map(({ id }) => id),
      drafts.map(({ customerId }) => customerId),
      drafts.map(({ definitionId }) => definitionId),
      drafts.map(({ place }) => place),
      drafts.map(({ expiresAt }) => expiresAt.toISOString()),
      drafts.map(({ leftCount }) => leftCount),
      at,
    ],
  });
  return new Map(rows.map(({ id, reason }) => [id, reason]));
}

// A coupon that was given back has no place and counts all the same while it can be used. Whoever finds the place taken by
// somebody who came at the same moment has one, too.
const ISSUE = `
  WITH wanted AS (
    SELECT w.*, c.id IS NOT NULL AS is_known,
           EXISTS (SELECT FROM coupons h
                    WHERE h.customer_id = w.customer_id AND h.order_id IS NULL AND h.expires_at > $7::timestamptz
                      AND (h.place = w.place OR h.definition_id = w.definition_id)) AS has_one
      FROM unnest($1::uuid[], $2::int[], $3::int[], $4::text[], $5::timestamptz[], $6::int[]) WITH ORDINALITY
             AS w (id, customer_id, definition_id, place, expires_at, left_count, position)
      LEFT JOIN customers c ON c.id = w.customer_id AND c.status <> 'WITHDRAWN'
  ), numbered AS (
    SELECT *, row_number() OVER (PARTITION BY definition_id ORDER BY position) AS number
      FROM wanted WHERE is_known AND NOT has_one
  ), issued AS (
    INSERT INTO coupons (id, definition_id, customer_id, created_at, expires_at, place)
    SELECT id, definition_id, customer_id, $7::timestamptz, expires_at, place
      FROM numbered
     WHERE left_count IS NULL OR number <= left_count
     ORDER BY customer_id, place, position
        ON CONFLICT (customer_id, place) WHERE place IS NOT NULL DO NOTHING
    RETURNING id
  )
  SELECT w.id,
         CASE WHEN i.id IS NOT NULL THEN NULL
              WHEN NOT w.is_known THEN 'unknown-customer'
              WHEN n.number > w.left_count THEN 'limit-reached'
              ELSE 'has-one' END AS reason
    FROM wanted w LEFT JOIN issued i ON i.id = w.id LEFT JOIN numbered n ON n.id = w.id`;

/** Limited definitions are locked by findDefinitions until the transaction ends, so nobody issues of them at the same time. */
async function countLimited(
  connection: Queryable,
  drafts: readonly Draft[],
  reasons: ReadonlyMap<string, unknown>,
): Promise<void> {
  const counts = new Map<number, number>();
  for (const { id, definitionId, leftCount } of drafts)
    if (leftCount !== null && reasons.get(id) === null)
      counts.set(definitionId, (counts.get(definitionId) ?? 0) + 1);
  if (counts.size === 0) return;
  await connection.query({
    name: 'coupons-count-issued',
    text: `UPDATE coupon_definitions d SET issued_count = d.issued_count + i.count
             FROM unnest($1::int[], $2::int[]) AS i (id, count) WHERE d.id = i.id`,
    values: [[...counts.keys()], [...counts.values()]],
  });
}
