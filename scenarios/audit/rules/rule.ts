// What an audit rule is. A rule is a claim in one sentence and the rows that break it: what the generator was told stands
// in `rehearsal.attempts` and `rehearsal.sign_ups`, what the shop holds in the views of schema `audit`, which orders of it
// are the run's in `rehearsal.run_orders`, which actions in `rehearsal.stored_actions`, and how the shop stood before in `rehearsal.products_before` and `.customers_before`.
import type { Client } from 'pg';

/** Facts that the database cannot know. */
export type AuditFacts = {
  client: Client;
  /** Null for a shop without a broker. */
  broker: BrokerFacts | null;
};

/** What the broker holds of one topic and its dead-letter topic, over all partitions; `topic` without the run's prefix. */
export type TopicFacts = {
  topic: string;
  publishedCount: number;
  committedCount: number;
  deadLetterCount: number;
};

/** What the broker holds after the drain, of every topic in use. */
export type BrokerFacts = { topics: readonly TopicFacts[] };

/** Messages that no consumer group has committed yet, of all topics. */
export function behindCount({ topics }: BrokerFacts): number {
  return topics.reduce(
    (sum, { publishedCount, committedCount }) => sum + Math.max(0, publishedCount - committedCount),
    0,
  );
}

export type AuditRule = {
  name: string;
  /** The rule in one sentence, in the words of a reader of the report. */
  claim: string;
  /** Returns how many things were checked, how many break the rule, and up to 20 of those in words. */
  check(facts: AuditFacts): Promise<{ checkedCount: number; violationCount: number; violations: string[] }>;
};

export const MAX_LISTED_VIOLATIONS = 20;

/**
 * A rule in SQL: `checked` yields one row with a column `count`; `broken` yields a row per violation with a column
 * `violation` that reads by itself.
 */
export function sqlRule(rule: { name: string; claim: string; checked: string; broken: string }): AuditRule {
  return {
    name: rule.name,
    claim: rule.claim,
    async check({ client }) {
      const checked = await client.query<{ count: string }>(rule.checked);
      const broken = await client.query<{ violation: string; total: string }>(
        `SELECT violation, count(*) OVER () AS total FROM (${rule.broken}) AS broken
         ORDER BY violation LIMIT ${MAX_LISTED_VIOLATIONS}`,
      );
      return {
        checkedCount: Number(checked.rows[0]?.count ?? 0),
        violationCount: Number(broken.rows[0]?.total ?? 0),
        violations: broken.rows.map((row) => row.violation),
      };
    },
  };
}
