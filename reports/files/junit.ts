// The run as JUnit XML, for CI servers that show test cases: limits, comparisons, audit rules and the generator's
// health. It keeps to the schema of Jenkins' xUnit plugin, junit-10.xsd, the strictest of those in use.

import type { RunResult, ThresholdResult } from '../record/result.ts';
import { outcomeOf } from '../record/threshold-result.ts';
import { verdictLine } from '../words/badge.ts';
import { capacitySentence, configurationText } from '../words/capacity-words.ts';
import { comparisonSentence, pairText } from '../words/comparison-words.ts';
import { thresholdSentence } from '../words/threshold-words.ts';
import {
  auditCounts,
  comparisonDetails,
  missedComparisons,
  verdictDetails,
  verdictSentence,
} from '../words/verdict-words.ts';

type Outcome =
  | { kind: 'passed'; text: string }
  | { kind: 'failed'; message: string; text: string }
  | { kind: 'skipped'; message: string };
type TestCase = { group: string; name: string; outcome: Outcome };

/**
 * One suite for the run. Without a verdict (INVALID) and without a performance result (AUDIT_FAILED) limits and
 * comparisons are skipped and say why.
 */
export function renderJUnit(result: RunResult): string {
  const cases = [
    verdictCase(result),
    ...thresholdCases(result),
    ...capacityCases(result),
    ...comparisonCases(result),
    ...auditCases(result),
    ...generatorCases(result),
  ];
  const count = (kind: Outcome['kind']) => cases.filter((test) => test.outcome.kind === kind).length;
  const lasted = (Date.parse(result.finishedAt) - Date.parse(result.startedAt)) / 1000;
  const seconds = Number.isFinite(lasted) ? Math.max(0, lasted) : 0;
  const counts = `tests="${cases.length}" failures="${count('failed')}" errors="0" time="${seconds.toFixed(3)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="stampede" ${counts}>`,
    `  <testsuite name="${escapeXml(result.scenario)}" timestamp="${escapeXml(result.startedAt)}" ${counts} skipped="${count('skipped')}">`,
    '    <properties>',
    ...properties(result).map(
      ([name, value]) => `      <property name="${name}" value="${escapeXml(value)}"/>`,
    ),
    '    </properties>',
    // Servers add up the times of cases: that of the verdict is the run, and the others are readings of it.
    ...cases.map((test, index) => testCaseXml(result.scenario, test, index === 0 ? seconds : 0)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function properties(result: RunResult): [string, string][] {
  return [
    ['verdict', result.verdict],
    ['sentence', verdictSentence(result)],
    ['answer', result.answer],
    ['seed', String(result.seed)],
    ['commit', result.commit ?? ''],
  ];
}

/** Stands for the whole, because a run can fail on a comparison or as a whole without one case of its own. */
function verdictCase(result: RunResult): TestCase {
  const text = verdictLine(result);
  const outcome: Outcome =
    result.verdict === 'PASS'
      ? { kind: 'passed', text }
      : {
          kind: 'failed',
          message: text,
          text: [text, ...verdictDetails(result), ...comparisonDetails(result)].join('\n'),
        };
  return { group: 'run', name: 'verdict', outcome };
}

function thresholdCases(result: RunResult): TestCase[] {
  const isOne = Object.keys(result.variants).length <= 1;
  return result.thresholds.map((threshold) => {
    const text = thresholdSentence(threshold, true);
    const verdict = limitOutcome(threshold, text);
    const name = isOne ? threshold.name : `${threshold.name} (${threshold.variant})`;
    return { group: 'limits', name, outcome: withheld(result) ?? verdict };
  });
}

/** A limit that could not be decided is skipped and says why; the case of the verdict fails for it. */
function limitOutcome(threshold: ThresholdResult, text: string): Outcome {
  switch (outcomeOf(threshold)) {
    case 'kept':
      return { kind: 'passed', text };
    case 'missed':
      return { kind: 'failed', message: text, text };
    case 'undecided':
      return { kind: 'skipped', message: `undecided: ${text}` };
  }
}

/** A search that confirmed a rate passes, one that could not run here is skipped. */
function capacityCases(result: RunResult): TestCase[] {
  return (result.capacity ?? []).map((found) => {
    const text = capacitySentence(found);
    const own: Outcome =
      found.outcome === 'skipped'
        ? { kind: 'skipped', message: found.reason }
        : found.sustainedPerSecond === null
          ? { kind: 'failed', message: text, text }
          : { kind: 'passed', text };
    return { group: 'capacity', name: configurationText(found), outcome: withheld(result) ?? own };
  });
}

/** A declared comparison that came out worse fails; a refused one is skipped with its footnote; the rest inform. */
function comparisonCases(result: RunResult): TestCase[] {
  const missed = missedComparisons(result);
  return result.comparisons.map((comparison) => {
    const { metric, statistic, outcome, footnote } = comparison;
    const text = comparisonSentence(comparison);
    const own: Outcome =
      outcome === 'refused'
        ? { kind: 'skipped', message: `no verdict: ${footnote ?? 'refused'}` }
        : missed.includes(comparison)
          ? { kind: 'failed', message: text, text }
          : { kind: 'passed', text };
    const name = `${metric} ${statistic}: ${pairText(comparison)}`;
    return { group: 'comparisons', name, outcome: withheld(result) ?? own };
  });
}

function auditCases(result: RunResult): TestCase[] {
  const variants = Object.entries(result.variants);
  return variants.flatMap(([key, { audit }]) =>
    audit.map((finding) => {
      const name = variants.length === 1 ? finding.rule : `${finding.rule} (${key})`;
      const text = `${finding.claim}: ${auditCounts(finding)}`;
      const outcome: Outcome = finding.ok
        ? { kind: 'passed', text }
        : { kind: 'failed', message: text, text: finding.violations.join('\n') };
      return { group: 'audit', name, outcome };
    }),
  );
}

function generatorCases(result: RunResult): TestCase[] {
  return Object.entries(result.variants).map(([key, { generator }]) => {
    const message = generator.reasons.join(' ') || 'the generator was not healthy';
    const outcome: Outcome = generator.ok
      ? { kind: 'passed', text: 'the generator kept to its plan' }
      : { kind: 'failed', message, text: message };
    return { group: 'generator', name: `generator health (${key})`, outcome };
  });
}

function withheld(result: RunResult): Outcome | undefined {
  if (result.verdict === 'INVALID') return { kind: 'skipped', message: 'no verdict: the run is invalid' };
  if (result.verdict === 'AUDIT_FAILED')
    return { kind: 'skipped', message: 'no performance result: the audit failed' };
  return undefined;
}

function testCaseXml(scenario: string, { group, name, outcome }: TestCase, seconds: number): string {
  const open = `    <testcase classname="${escapeXml(`${scenario}.${group}`)}" name="${escapeXml(name)}" time="${seconds.toFixed(3)}"`;
  switch (outcome.kind) {
    case 'passed':
      return `${open}><system-out>${escapeXml(outcome.text)}</system-out></testcase>`;
    case 'failed':
      return `${open}><failure message="${escapeXml(outcome.message)}">${escapeXml(outcome.text)}</failure></testcase>`;
    case 'skipped':
      return `${open}><skipped message="${escapeXml(outcome.message)}"/></testcase>`;
  }
}

/** Escapes for text and attributes; characters that XML 1.0 does not allow become U+FFFD. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[\n\r\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}
