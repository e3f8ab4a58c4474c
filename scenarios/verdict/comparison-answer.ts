// The answer to "which is better?", pair by pair, in the words that the comparison gives its pairs.
import { countOf, formatPercent } from '../../reports/format/format.ts';
import type { ComparisonResult, Verdict } from '../../reports/record/result.ts';
import { effectText, meansText, primarySubjects } from '../../reports/words/comparison-words.ts';
import { statisticLabel } from '../../reports/words/metric-names.ts';
import type { Comparison } from '../scenario/scenario.ts';

/**
 * Answers a comparison, a line for each sentence: for every declared pair what it tells, at each level, with effect, interval
 * and the sides' means, and what they rest on. Only the primary metrics speak. Comparisons with a baseline are given
 * where the scenario has no others.
 */
export function comparisonAnswer(
  verdict: Verdict,
  comparison: Pick<Comparison, 'pairs' | 'restsOn'> & { auditFailed: string },
  results: readonly ComparisonResult[],
): string {
  if (verdict === 'INVALID') {
    return 'No answer: the generator could not keep to its plan, so these figures describe the generator, not the shop.';
  }
  if (verdict === 'AUDIT_FAILED') {
    return `No answer: ${comparison.auditFailed}; see the audit before any latency.`;
  }
  const primaries = results.filter(({ role }) => role === 'primary');
  if (primaries.length === 0) {
    return 'No answer yet: there was nothing to compare with. Keep this run with `npm run baseline -- save NAME`, then rehearse the new shop with `--baseline NAME`.';
  }
  const paired = primaries.filter(({ kind }) => kind === 'paired');
  return [
    ...primaries.filter(({ kind }) => kind === 'separate').map(baselineSentence),
    ...comparison.pairs.flatMap((pair) => pairSentence(pair, paired)),
    ...howMeasured(paired),
    ...comparison.restsOn,
  ].join('\n');
}

function baselineSentence({ metric, statistic, candidate, verdict, sentence }: ComparisonResult): string {
  const subject = statisticLabel(metric, statistic);
  return `${subject} of ${candidate} against the baseline: ${verdict}, ${sentence.replace(/\.$/, '')}.`;
}

/** "Kafka as a whole (kafka against direct) at light: SLOWER +89.1 % [+26.0, +184.7], 4.6 ms → 8.7 ms; at near: …" */
function pairSentence(
  { baseline, candidate, tells }: Comparison['pairs'][number],
  paired: readonly ComparisonResult[],
): string[] {
  const own = paired.filter((result) => result.baseline === baseline && result.candidate === candidate);
  if (own.length === 0) return [];
  const areSeveral = primarySubjects(paired).length > 1;
  const parts = own.map((result) => {
    const subject = areSeveral ? `${statisticLabel(result.metric, result.statistic)} ` : '';
    const where = result.level === null ? ': ' : ` at ${result.level}: `;
    const means = meansText(result);
    const found =
      result.outcome === 'refused'
        ? `no verdict (${result.footnote})`
        : `${result.verdict} ${effectText(result)}${means === '' ? '' : `, ${means}`}`;
    return `${where}${subject}${found}`;
  });
  const name = `${tells.charAt(0).toUpperCase()}${tells.slice(1)}`;
  return [`${name} (${candidate} against ${baseline})${parts.join(';')}.`];
}

function howMeasured(paired: readonly ComparisonResult[]): string[] {
  const [first] = paired;
  if (first === undefined) return [];
  const { confidence, marginRatio } = first;
  const blocks = Math.max(...paired.map(({ n }) => n));
  const unsettled = paired.some(({ judgement }) => judgement === 'unsettled')
    ? '; INCONCLUSIVE does not mean no change'
    : '';
  return [
    `Measured: ${primarySubjects(paired).join(' and ')} over ${countOf(blocks, 'block')}, ${formatPercent(confidence)} intervals, margin ±${formatPercent(marginRatio)}${unsettled}.`,
  ];
}
