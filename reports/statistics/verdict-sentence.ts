// A comparison in words: effect, interval, n and margin, always. The word of the verdict is left to the caller to set
// in front, because a page and a terminal mark it differently.
import { countOf } from '../format/format.ts';
import type { Comparison, PairedJudgement, SeparateJudgement } from './comparison.ts';
import { type CombinedVerdict, combineVerdicts, type MetricComparison } from './trade-off.ts';

type JudgedComparison = PairedJudgement | SeparateJudgement;

/** 1.091 → `+9.1`: per cent above or below 1, with a true minus sign, and no sign on what rounds to nothing. */
function signedPercent(ratio: number, digits: number): string {
  const percent = (ratio - 1) * 100;
  const size = Math.abs(percent).toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  if (Number(size.replaceAll(',', '')) === 0) return size;
  return `${percent < 0 ? '−' : '+'}${size}`;
}

/** 0.03 → `±3 %`, 0.025 → `±2.5 %`. */
function marginWords(marginRatio: number): string {
  return `±${(marginRatio * 100).toLocaleString('en-US', { maximumFractionDigits: 2 })} %`;
}

function countWords(comparison: JudgedComparison): string {
  switch (comparison.kind) {
    case 'paired':
      return `${countOf(comparison.n, 'pair')}`;
    case 'separate':
      return `${comparison.baselineCount} against ${countOf(comparison.candidateCount, 'cell')}`;
  }
}

/** `slower in 11 of 12 pairs` for a paired claim; otherwise how much data there is. */
function supportWords(comparison: JudgedComparison): string {
  if (comparison.kind === 'separate') return countWords(comparison);
  const { judgement, verdict, slowerPairCount, fasterPairCount, n } = comparison;
  if (judgement === 'worse') return `${verdict.toLowerCase()} in ${slowerPairCount} of ${countOf(n, 'pair')}`;
  if (judgement === 'better')
    return `${verdict.toLowerCase()} in ${fasterPairCount} of ${countOf(n, 'pair')}`;
  return countWords(comparison);
}

/**
 * - a claim: `+9.1 %, 95 % CI [+6.2, +12.3]; slower in 11 of 12 pairs; margin ±3 %`
 * - EQUIVALENT: `+0.4 %, 95 % CI [−1.1, +1.9]; 12 pairs; margin ±3 %`
 * - INCONCLUSIVE: `+2.0 %, 95 % CI [−1.0, +5.1]; 12 pairs cannot settle ±3 %. This does not mean no change.`
 * - refused: `+9.1 %; no verdict: need ≥ 5 cells on each side, have 3 and 4`
 */
export function verdictSentence(comparison: Comparison): string {
  if (comparison.outcome === 'refused') {
    const shown = comparison.ratio === null ? '' : `${signedPercent(comparison.ratio, 1)} %; `;
    return `${shown}no verdict: ${comparison.footnote}`;
  }
  const { ratio, low, high, confidence, marginRatio, verdict } = comparison;
  const level = (confidence * 100).toLocaleString('en-US', { maximumFractionDigits: 1 });
  const interval = `${level} % CI [${signedPercent(low, 1)}, ${signedPercent(high, 1)}]`;
  const effect = `${signedPercent(ratio, 1)} %, ${interval}`;
  if (verdict === 'INCONCLUSIVE') {
    return `${effect}; ${countWords(comparison)} cannot settle ${marginWords(marginRatio)}. This does not mean no change.`;
  }
  return `${effect}; ${supportWords(comparison)}; margin ${marginWords(marginRatio)}`;
}

/** `FASTER −22 % [−26, −18]`: whole per cents once all three are at least ten, one decimal otherwise. */
export function shortVerdict(comparison: Comparison): string {
  if (comparison.outcome === 'refused') return `no verdict (${comparison.footnote})`;
  const { ratio, low, high, verdict } = comparison;
  const digits = [ratio, low, high].every((value) => Math.abs(value - 1) >= 0.1) ? 0 : 1;
  return `${verdict} ${signedPercent(ratio, digits)} % [${signedPercent(low, digits)}, ${signedPercent(high, digits)}]`;
}

/** The combined word and its sentence; with one metric that is the metric's own, with several all of them in short. */
export function combinedVerdictSentence(primaries: readonly MetricComparison[]): {
  verdict: CombinedVerdict;
  sentence: string;
} {
  const verdict = combineVerdicts(primaries);
  const [only] = primaries;
  if (only !== undefined && primaries.length === 1)
    return { verdict, sentence: verdictSentence(only.comparison) };
  const parts = primaries.map(({ metric, comparison }) => `${metric} ${shortVerdict(comparison)}`).join('; ');
  return { verdict, sentence: verdict === 'TRADE-OFF' ? `primary metrics disagree: ${parts}` : parts };
}
