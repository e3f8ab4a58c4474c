// A comparison in words: what was compared with what, the effect with its interval, and the verdict.

import { formatQuantity } from '../format/format.ts';
import type { ComparisonResult, RunResult } from '../record/result.ts';
import { statisticLabel } from './metric-names.ts';

const JUDGEMENT_SYMBOLS: Record<ComparisonResult['judgement'], string> = {
  better: '✓',
  worse: '✗',
  same: '=',
  unsettled: '?',
  refused: '⊘',
};

/** Symbol and word of a comparison: `✗ SLOWER`. */
export function comparisonWord({ verdict, judgement }: ComparisonResult): string {
  return `${JUDGEMENT_SYMBOLS[judgement]} ${verdict}`;
}

/** "order confirmed p50 of kafka against direct at 500: SLOWER +9.1 %, 95 % CI [+6.2, +12.3]; slower in 11 of 12 pairs; …". */
export function comparisonSentence(comparison: ComparisonResult): string {
  const { metric, statistic, role, verdict, sentence } = comparison;
  const subject = `${statisticLabel(metric, statistic)} of ${pairText(comparison)}`;
  return `${subject}${role === 'exploratory' ? ' (exploratory)' : ''}: ${verdict} ${sentence}`;
}

/** "kafka against direct at 500". */
export function pairText({
  candidate,
  baseline,
  level,
}: Pick<ComparisonResult, 'candidate' | 'baseline' | 'level'>): string {
  return `${candidate} against ${baseline}${level === null ? '' : ` at ${level}`}`;
}

/** "4.6 ms → 8.7 ms", the geometric means of both sides; empty where they were not kept. */
export function meansText({ means }: ComparisonResult): string {
  if (means === undefined) return '';
  return `${formatQuantity(means.baseline, means.unit)} → ${formatQuantity(means.candidate, means.unit)}`;
}

/** "+9.1 % [+6.2, +12.3]"; without the interval where the verdict is refused, "–" where there is no ratio. */
export function effectText({ ratio, low, high }: ComparisonResult): string {
  if (ratio === null) return '–';
  const interval = low === null || high === null ? '' : ` [${changeText(low)}, ${changeText(high)}]`;
  return `${changeText(ratio)} %${interval}`;
}

/** The primary metrics in the reader's words, each once. */
export function primarySubjects(comparisons: readonly ComparisonResult[]): string[] {
  const primaries = comparisons.filter(({ role }) => role === 'primary');
  return [...new Set(primaries.map(({ metric, statistic }) => statisticLabel(metric, statistic)))];
}

/** Where there are several primary metrics: "kafka against direct: TRADE-OFF primary metrics disagree: …". */
export function combinedSentences(result: RunResult): string[] {
  const verdicts = primarySubjects(result.comparisons).length > 1 ? (result.comparisonVerdicts ?? []) : [];
  return verdicts.map((combined) => `${pairText(combined)}: ${combined.verdict} ${combined.sentence}`);
}

/** A ratio of candidate to baseline as signed per cent, as in the comparison's sentence: 1.091 → "+9.1". */
export function changeText(ratio: number): string {
  const percent = (ratio - 1) * 100;
  const text = Math.abs(percent).toLocaleString('en-US', {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  if (text === '0.0') return text;
  return `${percent < 0 ? '−' : '+'}${text}`;
}
