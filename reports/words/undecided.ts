// Why a run that missed nothing has no verdict all the same: what it could not decide, and what it never measured.

import type { Metrics, RunResult } from '../record/result.ts';
import { outcomeOf } from '../record/threshold-result.ts';
import { configurationText } from './capacity-words.ts';
import { pairText } from './comparison-words.ts';
import { isKnownOfLastUnits } from './last-units-known.ts';
import { latencyOf, statisticLabel } from './metric-names.ts';
import { recordsNeed } from './recorded.ts';
import { thresholdSentence } from './threshold-words.ts';

type Measured = Pick<RunResult, 'variants' | 'thresholds' | 'comparisons' | 'capacity'>;

/** A sentence each, without a full stop; none where everything was decided. */
export function undecidedReasons(result: Measured): string[] {
  return [
    ...unmeasured(result),
    ...unknownLastUnits(result),
    ...undecidedLimits(result),
    ...unansweredComparisons(result),
    ...unansweredSearches(result),
  ];
}

/** What to do about it; blocks are of comparisons. */
export function measureMore({ comparisons }: Pick<RunResult, 'comparisons'>): string {
  return comparisons.length === 0
    ? 'Measure longer (--duration) or raise the rate.'
    : 'Measure longer (--duration), raise the rate, or take more blocks (--blocks).';
}

/** A shop that nobody ordered from, or one that sells nothing and was asked nothing, was not rehearsed. */
function unmeasured({ variants, capacity }: Measured): string[] {
  if (capacity !== undefined) return [];
  return Object.entries(variants).flatMap(([key, { metrics }]) => {
    const [metric, words] = whatWasAsked(metrics);
    if ((latencyOf(metrics, metric)?.count ?? 0) > 0) return [];
    const place = Object.keys(variants).length > 1 ? ` of ${key}` : '';
    return [`no ${words} in the measured span${place}`];
  });
}

/** The wait that a run of this kind must have samples of, and what it means that it has none. */
function whatWasAsked(metrics: Metrics): readonly [metric: string, words: string] {
  if (recordsNeed(metrics, 'orders')) return ['order.confirmed', 'order was placed'];
  if (recordsNeed(metrics, 'recommendations')) return ['recommendation.shown', 'act was told'];
  return ['http.response', 'request was answered'];
}

/** Nobody oversold what nobody was heard to have bought. */
function unknownLastUnits({ variants }: Measured): string[] {
  const found = Object.values(variants).flatMap(({ audit }) =>
    audit.flatMap(({ lastUnits }) => lastUnits ?? []),
  );
  return found
    .filter((about) => !isKnownOfLastUnits(about))
    .map(
      ({ pieceCount, soldCount, shopperCount, unheardCount }) =>
        `${unheardCount} of ${shopperCount} shoppers never heard whether they got one of the last pieces, and ${soldCount} of ${pieceCount} were sold`,
    );
}

function undecidedLimits({ thresholds, variants }: Measured): string[] {
  const isOne = Object.keys(variants).length <= 1;
  return thresholds
    .filter((threshold) => outcomeOf(threshold) === 'undecided')
    .map((threshold) => thresholdSentence(threshold, isOne));
}

/**
 * A gate that was refused its verdict let nothing pass; a question that got no answer at all was not answered. Where a limit is held
 * against some of the variants only, it is the limit that answers.
 */
function unansweredComparisons({ comparisons, thresholds, variants }: Measured): string[] {
  const limited = new Set(thresholds.map(({ variant }) => variant));
  const limitsAnswer = limited.size > 0 && Object.keys(variants).some((key) => !limited.has(key));
  const primary = comparisons.filter(({ role }) => role === 'primary');
  const refused = primary.filter(({ outcome }) => outcome === 'refused');
  const isUnanswered = !limitsAnswer && primary.length > 0 && refused.length === primary.length;
  return refused
    .filter(({ declared }) => declared || isUnanswered)
    .map(
      (comparison) =>
        `${statisticLabel(comparison.metric, comparison.statistic)} of ${pairText(comparison)}: ${comparison.footnote ?? 'refused'}`,
    );
}

/** A search whose probes could not even be planned broke no limit and confirmed no rate. */
function unansweredSearches({ capacity }: Measured): string[] {
  if (capacity === undefined) return [];
  if (capacity.every(({ outcome }) => outcome === 'skipped')) {
    const reasons = new Set(capacity.map(({ reason }) => reason));
    return [`nothing was searched: ${[...reasons].join('; ')}`];
  }
  return capacity
    .filter(({ outcome, variant }) => outcome === 'none' && variant === null)
    .map((found) => `${configurationText(found)}: no rate was confirmed; ${found.reason}`);
}
