// What a run would do, said without starting anything.
import type { SessionPlan } from '../../sim/model/session-plan.ts';
import type { Scenario } from '../scenario.ts';
import { clockTime } from './live-view.ts';
import { planHash } from './plan.ts';

/** The plan in a few lines, ready to print. */
export function describePlan(scenario: Scenario, plan: SessionPlan): string {
  const { load, data, orders, thresholds } = scenario;
  const measured = plan.sessions.filter(({ startMs }) => startMs >= 0).length;
  const people = new Set(plan.sessions.map(({ personId }) => personId)).size;
  const limits = Object.entries(thresholds).map(([name, { metric, statistic, atMost, atLeast }]) => {
    const limit = atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`;
    return `    ${name}: ${metric} ${statistic} ${limit}`;
  });
  return [
    `${scenario.name}: ${scenario.question}`,
    `  1 run of variant ${orders.transport}, about ${clockTime(scenario.expectedSeconds)} min in all, warm`,
    `  ${measured} sessions in ${load.durationSeconds} s (${load.sessionsPerSecond} a second), ${plan.sessions.length - measured} more in the lead-in, ${load.warmUpOrders} warm-up orders before`,
    `  ${people} different people out of ${plan.candidates.length} candidates; data set of ${data.people} people, ${data.products} products, seed ${data.seed}`,
    `  plan ${planHash(plan).slice(0, 16)} from seed ${plan.seed}`,
    '  limits',
    ...limits,
    'Nothing was started.',
    '',
  ].join('\n');
}
