// What each variant of a comparison lost when a fault struck: from what its shoppers were told, and what the audit found.
import type { StrikeResult } from '../../reports/record/of-capacity.ts';
import type { FinishedCell } from './finished-cell.ts';

/** One for each single run in which a fault struck. */
export function strikeResults(finished: readonly FinishedCell[]): StrikeResult[] {
  return finished.flatMap(({ plan, outcome }) => {
    const [struck] = outcome.events;
    const { attempted = 0, answers } = outcome.orders ?? {};
    if (plan.purpose !== 'strike' || struck === undefined || answers === undefined) return [];
    return [
      {
        variant: plan.variant,
        level: plan.level,
        label: struck.label,
        second: struck.second,
        attemptedCount: attempted,
        acceptedCount: answers.accepted,
        acceptedOpenCount: answers.acceptedOpen,
        refusedCount: answers.refused,
        inHandCount: answers.inHand,
        inHandPlacedCount: answers.inHandPlaced,
        afterwardsCount: answers.afterwards,
        auditOk: outcome.audit.every(({ ok }) => ok),
      },
    ];
  });
}
