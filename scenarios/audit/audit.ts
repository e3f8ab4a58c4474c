// The audit after every run: was anything lost, doubled, oversold or told wrongly? Each rule is a file, in the folder of the
// kind of attempt that it judges; what is no kind's own stands beside this one.
import type { Client } from 'pg';
import type { AuditFinding } from '../../reports/record/result.ts';
import { withClient } from '../data/databases.ts';
import { copyElsewhere, type StoredAction } from './actions/stored-elsewhere.ts';
import { auditedKinds } from './audited-kinds.ts';
import { brokerIsDrained } from './broker-is-drained.ts';
import type { ReadAttempts } from './rules/attempt-kind.ts';
import type { AuditFacts, AuditRule, BrokerFacts } from './rules/rule.ts';

/** Every rule, in the order of the report. */
export const auditRules: readonly AuditRule[] = [
  ...Object.values(auditedKinds).flatMap(({ rules }) => rules),
  brokerIsDrained,
];

/** Writes what the generator was told beside what `noteBefore` noted, once. */
export async function loadAttempts(client: Client, attempts: ReadAttempts): Promise<void> {
  for (const kind of Object.values(auditedKinds)) await kind.load(client, attempts);
}

/** Checks every rule, one after the other, on a database in which the attempts were noted; once. */
export async function checkRules(facts: AuditFacts): Promise<AuditFinding[]> {
  for (const { note } of Object.values(auditedKinds)) if (note !== null) await facts.client.query(note);
  const findings: AuditFinding[] = [];
  for (const rule of auditRules) {
    const { checkedCount, violationCount, violations } = await rule.check(facts);
    const ok = violationCount === 0;
    findings.push({ rule: rule.name, claim: rule.claim, ok, checkedCount, violationCount, violations });
  }
  return findings;
}

/**
 * Audits a run that has been drained and whose shop has stopped: the run's database and the broker against what the
 * generator was told.
 */
export async function auditRun(input: {
  databaseUrl: string;
  attempts: ReadAttempts;
  broker: BrokerFacts | null;
  /** The run's actions that are in another store than the database; left out where there is none. */
  actionsElsewhere?: AsyncIterable<StoredAction>;
  /** What else is found in the database, of this scenario alone. */
  besides?: (client: Client) => Promise<AuditFinding[]>;
}): Promise<AuditFinding[]> {
  return withClient(input.databaseUrl, async (client) => {
    await loadAttempts(client, input.attempts);
    if (input.actionsElsewhere !== undefined) await copyElsewhere(client, input.actionsElsewhere);
    const findings = await checkRules({ client, broker: input.broker });
    return [...findings, ...((await input.besides?.(client)) ?? [])];
  });
}
