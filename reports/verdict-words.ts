// The sentences of a verdict, used alike by terminal, page, Markdown and JUnit: word and symbol, the value beside its
// limit, and never a colour alone.
import { capacityCount } from './capacity-count.ts';
import { countOf, formatClock, formatNumber, formatPercent, formatQuantity } from './format.ts';
import { statisticLabel } from './metric-names.ts';
import type { AuditFinding, ComparisonResult, RunResult, ThresholdResult, Verdict } from './record/result.ts';

const SYMBOLS: Record<Verdict, string> = { PASS: '✓', FAIL: '✗', AUDIT_FAILED: '≠', INVALID: '⊘' };
const NEEDED_DELIVERY_RATIO = 0.99;

/** Symbol and word: `✓ PASS`. */
export function verdictWord(verdict: Verdict): string {
  return `${SYMBOLS[verdict]} ${verdict}`;
}

/** The verdict in one line for terminal, page and pull request; the word is padded to a column of 13. */
export function verdictLine(result: RunResult): string {
  return `${verdictWord(result.verdict).padEnd(12)} ${verdictSentence(result)}`;
}

/** "Planted in the shop on purpose: … These figures test the measurement, not the shop." */
export function plantedSentence(planted: readonly string[]): string {
  return `Planted in the shop on purpose: ${planted.join('; ')}. These figures test the measurement, not the shop.`;
}

/** The verdict line without symbol and word. */
export function verdictSentence(result: RunResult): string {
  switch (result.verdict) {
    case 'PASS':
      return passSentence(result);
    case 'FAIL':
      return failSentence(result);
    case 'AUDIT_FAILED':
      return auditSentence(result);
    case 'INVALID':
      return `no verdict: ${invalidReasons(result).join('; ')}. These latencies describe the generator, not the shop. Lower the rate or add workers.`;
  }
}

/** What the verdict line leaves out, one sentence each: further crossed limits, broken rules, comparisons. */
export function verdictDetails(result: RunResult): string[] {
  const isOne = Object.keys(result.variants).length <= 1;
  const crossed = result.thresholds.filter((threshold) => !threshold.ok);
  const further = result.verdict === 'FAIL' ? crossed.slice(1) : [];
  const broken = result.verdict === 'AUDIT_FAILED' ? brokenRules(result) : [];
  return [
    ...further.map((threshold) => thresholdSentence(threshold, isOne)),
    ...broken.flatMap(({ finding, place }) => [
      `${place}${finding.claim}: ${auditCounts(finding)}`,
      ...finding.violations.slice(0, 3).map((violation) => `  ${violation}`),
    ]),
    ...(result.verdict === 'PASS' || result.verdict === 'FAIL'
      ? [...combinedSentences(result), ...comparisonSentences(result)]
      : []),
  ];
}

/** Those that decide, and how many others there are: a page has room for all. */
function comparisonSentences({ comparisons }: RunResult): string[] {
  const primary = comparisons.filter(({ role }) => role === 'primary');
  const others = comparisons.length - primary.length;
  return [
    ...primary.map(comparisonSentence),
    ...(others === 0 ? [] : [`${countOf(others, 'exploratory comparison')} on the page`]),
  ];
}

/** "order confirmed p99 = 412 ms; limit ≤ 400 ms; 12 ms over; first crossed at 03:10". */
export function thresholdSentence(threshold: ThresholdResult, omitVariant: boolean): string {
  const subject = statisticLabel(threshold.metric, threshold.statistic);
  const name = omitVariant ? subject : `${subject} (${threshold.variant})`;
  const parts = [
    `${name} = ${thresholdValue(threshold)}`,
    `limit ${limitText(threshold)}`,
    distanceText(threshold),
  ];
  if (!threshold.ok && threshold.firstCrossedAtSecond !== null) {
    parts.push(`first crossed at ${formatClock(threshold.firstCrossedAtSecond)}`);
  }
  return parts.filter((part) => part !== '').join('; ');
}

/** The measured value with its unit, or "not measured". */
export function thresholdValue(threshold: ThresholdResult): string {
  return threshold.value === null ? 'not measured' : formatQuantity(threshold.value, threshold.unit);
}

/** "≤ 400 ms", "≥ 99 %", or both. */
export function limitText({ atMost, atLeast, unit }: ThresholdResult): string {
  const lower = atLeast === undefined ? [] : [`≥ ${formatQuantity(atLeast, unit)}`];
  const upper = atMost === undefined ? [] : [`≤ ${formatQuantity(atMost, unit)}`];
  return [...lower, ...upper].join(' and ');
}

/** How far off: "12 ms over", "88 ms below the limit", "3 orders/s short"; empty when nothing was measured. */
export function distanceText({ atMost, atLeast, value, unit }: ThresholdResult): string {
  if (value === null) return '';
  const distance = (limit: number) => formatDistance(Math.abs(value - limit), unit);
  if (atMost !== undefined && value > atMost) return `${distance(atMost)} over`;
  if (atLeast !== undefined && value < atLeast) return `${distance(atLeast)} short`;
  if (atMost !== undefined)
    return value === atMost ? 'exactly at the limit' : `${distance(atMost)} below the limit`;
  if (atLeast !== undefined)
    return value === atLeast ? 'exactly at the limit' : `${distance(atLeast)} above the limit`;
  return '';
}

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

/** Declared comparisons that the run fails on. */
export function missedComparisons(result: RunResult): ComparisonResult[] {
  return result.comparisons.filter(({ declared, judgement }) => declared && judgement === 'worse');
}

/** "3 violations in 4,212 checked". */
export function auditCounts(finding: AuditFinding): string {
  return finding.ok
    ? `${formatNumber(finding.checkedCount)} checked`
    : `${countOf(finding.violationCount, 'violation')} in ${formatNumber(finding.checkedCount)} checked`;
}

/** "9 of 9 audit rules hold", over all variants. */
export function auditLine(result: RunResult): string {
  const findings = Object.values(result.variants).flatMap((variant) => variant.audit);
  const kept = findings.filter((finding) => finding.ok).length;
  return findings.length === 0
    ? 'no audit rule was checked'
    : `${kept} of ${countOf(findings.length, 'audit rule')} hold`;
}

function passSentence(result: RunResult): string {
  const count = result.thresholds.length;
  if (result.capacity !== undefined) return `${result.scenario}: ${capacityCount(result.capacity)}`;
  if (count === 0) return `${result.scenario}: no limits declared; ${auditLine(result)}`;
  return `${result.scenario}: ${count} of ${countOf(count, 'limit')} kept`;
}

function failSentence(result: RunResult): string {
  const crossed = result.thresholds.filter((threshold) => !threshold.ok);
  const [first] = crossed;
  if (first === undefined) return missedSentence(result);
  const isOne = Object.keys(result.variants).length <= 1;
  const count = countOf(result.thresholds.length, 'limit');
  if (result.capacity !== undefined)
    return `${result.scenario}: ${capacityCount(result.capacity)}; ${thresholdSentence(first, isOne)}`;
  return `${crossed.length} of ${count} crossed: ${thresholdSentence(first, isOne)}`;
}

function missedSentence(result: RunResult): string {
  const [first, ...others] = missedComparisons(result);
  if (first === undefined) return `${result.scenario}: a declared comparison was missed`;
  const more =
    others.length === 0 ? '' : ` (and ${countOf(others.length, 'more declared comparison')} missed)`;
  return `declared comparison missed: ${comparisonSentence(first)}${more}`;
}

function auditSentence(result: RunResult): string {
  const broken = brokenRules(result);
  const total = Object.values(result.variants).reduce((sum, variant) => sum + variant.audit.length, 0);
  const names = broken.map(({ finding, place }) => `${place}${finding.rule} (${auditCounts(finding)})`);
  return `${broken.length} of ${countOf(total, 'audit rule')} broken: ${names.join('; ')}. A run that fails its audit publishes no performance result.`;
}

function brokenRules(result: RunResult): { finding: AuditFinding; place: string }[] {
  const variants = Object.entries(result.variants);
  return variants.flatMap(([key, variant]) =>
    variant.audit
      .filter((finding) => !finding.ok)
      .map((finding) => ({ finding, place: variants.length > 1 ? `${key}: ` : '' })),
  );
}

/** The generator's own reasons; where it gave none, how much of the plan it delivered. */
function invalidReasons(result: RunResult): string[] {
  const variants = Object.entries(result.variants).filter(([, variant]) => !variant.generator.ok);
  return variants.flatMap(([key, { generator }]) => {
    const place = Object.keys(result.variants).length > 1 ? `${key}: ` : '';
    if (generator.reasons.length > 0)
      return generator.reasons.map((reason) => place + reason.replace(/\.$/, ''));
    const { plannedCount, droppedCount } = generator;
    const made = plannedCount - droppedCount;
    const share = formatPercent(plannedCount === 0 ? 0 : made / plannedCount);
    return [
      `${place}the generator delivered ${formatNumber(made)} of ${formatNumber(plannedCount)} sessions (${share}; need ≥ ${formatPercent(NEEDED_DELIVERY_RATIO)})`,
    ];
  });
}

/** Differences of ratios are percentage points. */
function formatDistance(distance: number, unit: string): string {
  return unit === 'ratio'
    ? formatQuantity(distance, unit).replace('%', 'points')
    : formatQuantity(distance, unit);
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
