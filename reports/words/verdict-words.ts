// The sentences of a verdict, used alike by terminal, page, Markdown and JUnit: word and symbol, the value beside its
// limit, and never a colour alone.

import { countOf, formatNumber, formatPercent } from '../format/format.ts';
import type {
  AuditFinding,
  ComparisonResult,
  RunResult,
  ThresholdResult,
  Verdict,
} from '../record/result.ts';
import { outcomeOf } from '../record/threshold-result.ts';
import { capacityCount } from './capacity-count.ts';
import { combinedSentences, comparisonSentence } from './comparison-words.ts';
import { thresholdSentence } from './threshold-words.ts';
import { measureMore, undecidedReasons } from './undecided.ts';

const SYMBOLS: Record<Verdict, string> = {
  PASS: '✓',
  FAIL: '✗',
  AUDIT_FAILED: '≠',
  INVALID: '⊘',
  UNDECIDED: '?',
};
const NEEDED_DELIVERY_RATIO = 0.99;
/** At another rate a generator would be lost as well. */
export const LOST_ADVICE =
  'What was measured is a part of the plan. Find out why the generator ended, and run again.';

/** Symbol and word: `✓ PASS`. */
export function verdictWord(verdict: Verdict): string {
  return `${SYMBOLS[verdict]} ${verdict}`;
}

/** "Planted in the shop on purpose: … These figures test the measurement, not the shop." */
export function plantedSentence(planted: readonly string[]): string {
  return `Planted in the shop on purpose: ${planted.join('; ')}. These figures test the measurement, not the shop.`;
}

/** "Its cells were not all made in the same way: commit: found …, needed …." */
export function resumedSentence(differences: readonly string[]): string {
  return `This run was cut off and went on although something had changed, so its cells are not all of one kind: ${differences.map(shortHashes).join('; ')}.`;
}

/** A commit by its first ten digits. */
const shortHashes = (text: string): string => text.replace(/\b([0-9a-f]{10})[0-9a-f]{30}\b/g, '$1');

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
      return `no verdict: ${invalidReasons(result).join('; ')}. ${invalidAdvice(result)}`;
    case 'UNDECIDED':
      return undecidedSentence(result);
  }
}

/** What the verdict line leaves out, one sentence each: further crossed limits, broken rules, what is undecided. */
export function verdictDetails(result: RunResult): string[] {
  const isOne = Object.keys(result.variants).length <= 1;
  const further = result.verdict === 'FAIL' ? missedLimits(result).slice(1) : [];
  const undecided = undecidedReasons(result);
  const broken = result.verdict === 'AUDIT_FAILED' ? brokenRules(result) : [];
  return [
    ...further.map((threshold) => thresholdSentence(threshold, isOne)),
    ...broken.flatMap(({ finding, place }) => [
      `${place}${finding.claim.replace(/\.$/, '')}: ${auditCounts(finding)}`,
      ...finding.violations.slice(0, 3).map((violation) => `  ${violation}`),
    ]),
    ...(result.verdict === 'UNDECIDED' ? undecided.slice(1) : []),
    ...(result.verdict === 'FAIL' ? undecided.map((reason) => `undecided: ${reason}`) : []),
  ];
}

/** The compared metrics with their intervals, a sentence each; none where there is no performance result. */
export function comparisonDetails(result: RunResult): string[] {
  return isPublished(result) ? [...combinedSentences(result), ...comparisonSentences(result)] : [];
}

/** Whether a run has a performance result at all. */
function isPublished({ verdict }: RunResult): boolean {
  return verdict === 'PASS' || verdict === 'FAIL' || verdict === 'UNDECIDED';
}

function missedLimits({ thresholds }: RunResult): ThresholdResult[] {
  return thresholds.filter((threshold) => outcomeOf(threshold) === 'missed');
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
    : `${kept} of ${countOf(findings.length, 'audit rule')} ${findings.length === 1 ? 'holds' : 'hold'}`;
}

function passSentence(result: RunResult): string {
  const count = result.thresholds.length;
  if (result.capacity !== undefined) return `${result.scenario}: ${capacityCount(result.capacity)}`;
  if (count === 0) return `${result.scenario}: no limits declared; ${auditLine(result)}`;
  return `${result.scenario}: ${count === 1 ? 'its one limit is' : `${count} of ${count} limits`} kept`;
}

function failSentence(result: RunResult): string {
  const crossed = missedLimits(result);
  const [first] = crossed;
  if (first === undefined) return missedSentence(result);
  const isOne = Object.keys(result.variants).length <= 1;
  const count = countOf(result.thresholds.length, 'limit');
  if (result.capacity !== undefined)
    return `${result.scenario}: ${capacityCount(result.capacity)}; ${thresholdSentence(first, isOne)}`;
  const whole = result.thresholds.length === 1 ? 'its one limit is' : `${crossed.length} of ${count}`;
  return `${whole} crossed: ${thresholdSentence(first, isOne)}`;
}

/** The first of what could not be decided, and what to do about it; the rest are details. */
function undecidedSentence(result: RunResult): string {
  const reasons = undecidedReasons(result);
  const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more)` : '';
  const first = reasons[0] ?? 'not everything could be decided';
  return `no verdict: ${first}${more}. Nothing was missed, but this run cannot tell that all was kept. ${measureMore(result)}`;
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

/** Whether a generator ended before it was done: then what was measured is not of the whole plan. */
export function isGeneratorLost({ variants }: RunResult): boolean {
  return Object.values(variants).some(({ generator }) => (generator.lostCount ?? 0) > 0);
}

function invalidAdvice(result: RunResult): string {
  return isGeneratorLost(result)
    ? LOST_ADVICE
    : 'These latencies describe the generator, not the shop. Lower the rate or add workers.';
}

/** The generator's own reasons, without full stops; where it gave none, how much of the plan it delivered. */
export function invalidReasons(result: RunResult): string[] {
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
