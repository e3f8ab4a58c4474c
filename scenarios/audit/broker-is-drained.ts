import type { AuditRule, TopicFacts } from './rules/rule.ts';

export const brokerIsDrained: AuditRule = {
  name: 'broker-is-drained',
  claim: 'Every message on the topics in use was consumed and committed, and none became a dead letter.',
  async check({ broker }) {
    const topics = broker?.topics ?? [];
    const violations = topics.flatMap(violationsOf);
    const checkedCount = topics.reduce((sum, { publishedCount }) => sum + publishedCount, 0);
    return { checkedCount, violationCount: violations.length, violations };
  },
};

function violationsOf({ topic, publishedCount, committedCount, deadLetterCount }: TopicFacts): string[] {
  const violations: string[] = [];
  const open = publishedCount - committedCount;
  if (open !== 0) {
    violations.push(
      `topic ${topic}: ${open} of ${publishedCount} messages are not committed by its consumer group`,
    );
  }
  if (deadLetterCount !== 0) violations.push(`topic ${topic}: ${deadLetterCount} messages are dead letters`);
  return violations;
}
