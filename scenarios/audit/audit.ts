// The audit after every run: was anything lost, doubled, oversold or told wrongly? Each rule is a file beside this one.
import type { AuditFinding } from '../../reports/record/result.ts';
import type { OrderAttempt, SignUpAttempt } from '../../sim/engine/protocol/protocol.ts';
import { withClient } from '../data/databases.ts';
import { acceptedOrdersAreResolved } from './accepted-orders-are-resolved.ts';
import { loadAttempts, loadSignUps, noteRunOrders } from './attempts-table.ts';
import { brokerIsDrained } from './broker-is-drained.ts';
import { countersFollowOrders } from './counters-follow-orders.ts';
import { ordersHappenOnce } from './orders-happen-once.ts';
import { outcomesAreSeenOrRetrievable } from './outcomes-are-seen-or-retrievable.ts';
import { refusedOrdersLeftNothing } from './refused-orders-left-nothing.ts';
import type { AuditFacts, AuditRule, BrokerFacts } from './rule.ts';
import { shoppersSawTheTruth } from './shoppers-saw-the-truth.ts';
import { signUpsHappenOnce } from './sign-ups-happen-once.ts';
import { stockIsNeverOversold } from './stock-is-never-oversold.ts';
import { storedOrdersWereAttempted } from './stored-orders-were-attempted.ts';
import { sumsAreRight } from './sums-are-right.ts';

export const auditRules: readonly AuditRule[] = [
  acceptedOrdersAreResolved,
  ordersHappenOnce,
  storedOrdersWereAttempted,
  refusedOrdersLeftNothing,
  stockIsNeverOversold,
  sumsAreRight,
  shoppersSawTheTruth,
  outcomesAreSeenOrRetrievable,
  countersFollowOrders,
  signUpsHappenOnce,
  brokerIsDrained,
];

/** Checks every rule, one after the other, on a database in which the attempts were noted; once. */
export async function checkRules(facts: AuditFacts): Promise<AuditFinding[]> {
  await noteRunOrders(facts.client);
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
  attempts: readonly OrderAttempt[];
  signUps: readonly SignUpAttempt[];
  broker: BrokerFacts | null;
}): Promise<AuditFinding[]> {
  return withClient(input.databaseUrl, async (client) => {
    await loadAttempts(client, input.attempts);
    await loadSignUps(client, input.signUps);
    return checkRules({ client, broker: input.broker });
  });
}
