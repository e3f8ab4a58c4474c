import type { AuditRule } from './rule.ts';

export const brokerIsDrained: AuditRule = {
  name: 'broker-is-drained',
  claim: 'Every message on topic orders was consumed and committed, and none became a dead letter.',
  async check({ broker }) {
    if (broker === null) return { checkedCount: 0, violationCount: 0, violations: [] };
    const violations: string[] = [];
    const open = broker.publishedCount - broker.committedCount;
    if (open !== 0) {
      violations.push(`${open} of ${broker.publishedCount} messages are not committed by the consumer group`);
    }
    if (broker.deadLetterCount !== 0) violations.push(`${broker.deadLetterCount} messages are dead letters`);
    return { checkedCount: broker.publishedCount, violationCount: violations.length, violations };
  },
};
