// The one answer to a scenario's question, by the kind of answer that the scenario names.
import type {
  CapacityResult,
  ComparisonResult,
  Metrics,
  RunResult,
  Verdict,
} from '../../reports/record/result.ts';
import { arrivalKindOf } from '../scenario/arrival-rate.ts';
import { waysOf } from '../scenario/axis-values.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { targetOf } from '../targets/find-target.ts';
import { capacityAnswer } from './capacity-answer.ts';
import { comparisonAnswer } from './comparison-answer.ts';
import { holdsAnswer } from './holds-answer.ts';
import { lastUnitsText } from './last-units-answer.ts';
import { sharesLaterText } from './lateness-answer.ts';

/** What a run found; a kind of answer reads what it needs. */
export type Found = {
  scenario: Scenario;
  verdict: Verdict;
  /** Of the one variant. */
  metrics?: Metrics;
  /** Of each variant and level, by its key. */
  variants?: RunResult['variants'];
  comparisons?: readonly ComparisonResult[];
  capacity?: readonly CapacityResult[];
  /** Why the recovery from a fault cannot be told. */
  notRecoveredBecause?: string | null;
};

const answers: Record<Scenario['answer'], (found: Found) => string> = {
  holds: ({ scenario, verdict, metrics = {}, variants = {}, notRecoveredBecause = null }) =>
    lastUnitsText(variants, verdict) ??
    holdsAnswer({
      verdict,
      auditFailed: targetOf(scenario).auditFailed,
      placesOrders: arrivalKindOf(scenario.load).placesOrders,
      metrics,
      hour: targetOf(scenario).hidesItsInside === true ? null : scenario.shop.hour,
      ways: waysOf(targetOf(scenario).axes, scenario),
      durationSeconds: scenario.load.durationSeconds,
      outcomeDeadlineMs: scenario.load.outcomeDeadlineMs,
      ...(scenario.fault === undefined
        ? {}
        : { fault: targetOf(scenario).faults[scenario.fault.name]?.label ?? scenario.fault.name }),
      notRecoveredBecause,
    }),
  'which-is-better': ({ scenario, verdict, comparisons = [], variants = {} }) => {
    const asked = scenario.comparison ?? { pairs: [], restsOn: [] };
    const { auditFailed } = targetOf(scenario);
    return comparisonAnswer(verdict, { ...asked, auditFailed }, comparisons, (pair, levels) =>
      sharesLaterText(pair, levels, variants),
    );
  },
  'how-much': ({ scenario, verdict, capacity = [] }) =>
    capacityAnswer(verdict, targetOf(scenario).auditFailed, capacity),
};

/** Answers in the words of a shop, a line for each sentence. */
export function answerTo(found: Found): string {
  return answers[found.scenario.answer](found);
}

/** A scenario can only answer what it measures; the mistake in a line, none when it can. */
export function answerKindMistakes({ name, answer, comparison, capacity }: Scenario): string[] {
  const measured =
    comparison !== undefined ? 'which-is-better' : capacity !== undefined ? 'how-much' : 'holds';
  if (answer === measured) return [];
  return [
    `Scenario ${name} names ${answer} as its kind of answer; by what it measures, ${measured} is needed.`,
  ];
}
