// The part of a run's plan that says who signs up when.
import { describeNewcomers } from '../../sim/history/rows/describe-person.ts';
import type { GrowthPlan } from '../../sim/model/growth.ts';
import { planNewcomers } from '../../sim/model/newcomers.ts';
import type { RunPlan } from '../../sim/model/run-plan.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { shopStart } from '../scenario/shop-start.ts';

export type PlannedGrowth =
  | { kind: 'ok'; part: Pick<RunPlan, 'newcomers'> }
  | { kind: 'mistakes'; mistakes: string[] };

/**
 * Plans the sign-ups of the measured span; without a growth model the part is empty. The same scenario and seed give the
 * same newcomers. A rate at which nobody would come is a mistake of the scenario.
 */
export function planGrowth(scenario: Scenario, seed: number): PlannedGrowth {
  const growth = growthOf(scenario);
  if (growth.model === 'none') return { kind: 'ok', part: {} };
  if (growth.model === 'bass' && growth.peopleCount === 0)
    return { kind: 'mistakes', mistakes: [nobody(scenario)] };
  const planned = planNewcomers({ seed, asOfMs: shopStart(scenario).getTime(), growth });
  return { kind: 'ok', part: { newcomers: describeNewcomers(planned, seed) } };
}

function growthOf({ growth, load }: Scenario): GrowthPlan {
  return {
    model: growth.model,
    durationMs: load.durationSeconds * 1_000,
    peopleCount: Math.round(growth.signUpsPerSecond * load.durationSeconds),
  };
}

function nobody({ growth, load }: Scenario): string {
  const least = Math.ceil(100 / load.durationSeconds) / 100;
  return (
    `growth.signUpsPerSecond=${growth.signUpsPerSecond}: nobody would sign up in the ${load.durationSeconds} s of ` +
    `load.durationSeconds. Needed: at least ${least}, or a longer span.`
  );
}
