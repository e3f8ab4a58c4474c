// Single runs that nobody measures, before the first block of a comparison: what has just started, such as a broker, is slower
// in its first minutes, and an interval covers chance, not that.
import type { WarmUpResult } from '../../reports/record/of-capacity.ts';
import { warmUpSentence } from '../../reports/words/of-capacity-words.ts';
import type { View } from '../cell/live-view.ts';
import { warmUpCells } from '../plan/cell-plan.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { statisticOf } from '../verdict/judge.ts';
import { cellResult, type FinishedCell } from '../verdict/summarise-run.ts';
import type { RunOne } from './finish-cell.ts';

/** `broken`: the run that failed its audit and ended the rounds. */
export type WarmedUp = { result: WarmUpResult; broken: FinishedCell | null };

/**
 * Runs rounds until the primary metric of every variant changed by no more than the scenario's `steadyRatio` from one round to
 * the next, or there were as many as it allows; null where the scenario has none. What they did stays in the run's directory
 * and is no part of any figure. One that fails its audit ends them, for then there is nothing to measure. `perSecond` is the
 * capacity that levels are multiples of.
 */
export async function runWarmUp(
  { scenario, seed, perSecond, view }: { scenario: Scenario; seed: number; perSecond: number; view: View },
  runOne: RunOne,
): Promise<WarmedUp | null> {
  const { warmUp, primary = [] } = scenario.comparison ?? {};
  const [compared] = primary;
  if (warmUp === undefined || compared === undefined) return null;
  const { mostRounds, steadyRatio } = warmUp;
  const variants = warmUp.variants.map((variant) => ({ variant, p50Ms: [] as (number | null)[] }));
  let isSteady = false;
  const told = () => ({ mostRounds, isSteady, steadyRatio, variants });
  for (let round = 0; round < mostRounds && !isSteady; round += 1) {
    for (const [index, plan] of warmUpCells(scenario, seed, perSecond, round).entries()) {
      view.say(`— not measured, round ${round + 1} of at most ${mostRounds}: ${plan.variant}`);
      const finished = await runOne(plan);
      const cell = cellResult(finished);
      if (cell.audit.some(({ ok }) => !ok)) return { result: told(), broken: finished };
      const metric = cell.metrics[compared.metric];
      variants[index]?.p50Ms.push(metric === undefined ? null : statisticOf(metric, compared.statistic));
    }
    isSteady = variants.every(({ p50Ms }) => isAlike(p50Ms, steadyRatio));
  }
  view.say(warmUpSentence(told()));
  return { result: told(), broken: null };
}

/** Whether the last two values differ by no more than that. */
function isAlike(values: readonly (number | null)[], ratio: number): boolean {
  const [before = null, last = null] = values.slice(-2);
  if (values.length < 2 || before === null || last === null) return false;
  return Math.max(before, last) <= Math.min(before, last) * (1 + ratio);
}
