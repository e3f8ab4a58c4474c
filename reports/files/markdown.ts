// The run as `summary.md`, for a pull request or a CI job's summary.

import { countOf, formatNumber } from '../format/format.ts';
import type { Manifest } from '../record/manifest.ts';
import type { ComparisonResult, RunResult } from '../record/result.ts';
import { answerTable } from '../words/answer-table.ts';
import { badgeOf } from '../words/badge.ts';
import { cacheSentences, cacheWarnings } from '../words/cache-words.ts';
import { configurationText, rateText } from '../words/capacity-words.ts';
import { combinedSentences, comparisonWord, pairText } from '../words/comparison-words.ts';
import { littleWarnings } from '../words/littles-law.ts';
import { statisticLabel } from '../words/metric-names.ts';
import { noiseSentence } from '../words/noise-words.ts';
import { extraSentences } from '../words/of-capacity-words.ts';
import { repeatedSentences } from '../words/repeated-blocks.ts';
import { distanceText, limitText, outcomeWord, thresholdValue } from '../words/threshold-words.ts';
import {
  auditCounts,
  auditLine,
  plantedSentence,
  resumedSentence,
  verdictSentence,
} from '../words/verdict-words.ts';

/** GitHub takes 1 MiB for the summary of a step and shows nothing of a longer one. */
export const SUMMARY_MOST_BYTES = 1024 * 1024 - 4096;

/**
 * The whole summary; sections that would make it longer than GitHub takes are left out, and the summary says so.
 * @param reportLink where the page lies, seen from the summary
 */
export function renderMarkdown(result: RunResult, manifest: Manifest, reportLink = 'report.html'): string {
  const sections = [
    `## ${badgeOf(result).text} · ${escapeMarkdown(manifest.title)}`,
    escapeMarkdown(verdictSentence(result)),
    manifest.planted?.length ? escapeMarkdown(plantedSentence(manifest.planted)) : '',
    manifest.resumedAnyway?.length ? escapeMarkdown(resumedSentence(manifest.resumedAnyway)) : '',
    result.answer
      .split('\n')
      .map((line) => `**${escapeMarkdown(line)}**`)
      .join('\n\n'),
    ...smallTable(result),
    thresholdTable(result),
    manifest.noise?.isNoisy ? `> ${escapeMarkdown(noiseSentence(manifest.noise))}` : '',
    capacityTable(result),
    [...extraSentences(result), ...cacheSentences(result)]
      .map((sentence) => `- ${escapeMarkdown(sentence)}`)
      .join('\n'),
    ...comparisonList(result),
    auditText(result),
    generatorText(result),
    ...[...littleWarnings(result), ...cacheWarnings(result), ...repeatedSentences(result)].map(
      (warning) => `> ${escapeMarkdown(warning)}`,
    ),
  ].filter((part) => part !== '');
  const closing = [
    `[The whole report](${encodeURI(reportLink)}) · seed ${result.seed} · commit ${escapeMarkdown(result.commit?.slice(0, 10) ?? 'unknown')}${manifest.commitIsDirty ? ' with changes' : ''}`,
    `\`\`\`sh\n${manifest.replayCommand.replaceAll('```', "'''")}\n\`\`\``,
  ];
  return `${[...fitting(sections, closing), ...closing].join('\n\n')}\n`;
}

const LEFT_OUT_BYTES = 200;

/** As many sections, in their order, as leave room for the closing; each whole or not at all. */
function fitting(sections: readonly string[], closing: readonly string[]): string[] {
  const bytesOf = (text: string) => Buffer.byteLength(text) + 2;
  const total = (parts: readonly string[]) => parts.reduce((sum, part) => sum + bytesOf(part), 0);
  if (total([...sections, ...closing]) <= SUMMARY_MOST_BYTES) return [...sections];
  let room = SUMMARY_MOST_BYTES - total(closing) - LEFT_OUT_BYTES;
  const kept = sections.filter((section) => {
    const bytes = bytesOf(section);
    if (bytes > room) return false;
    room -= bytes;
    return true;
  });
  const count = sections.length - kept.length;
  const left = `${countOf(count, 'section')} ${count === 1 ? 'is' : 'are'} left out`;
  return [...kept, `> ${left}: this summary would be longer than GitHub takes. They stand on the page.`];
}

function thresholdTable(result: RunResult): string {
  if (result.thresholds.length === 0) return '';
  if (result.verdict === 'AUDIT_FAILED') return 'No performance result: the audit failed.';
  const isInvalid = result.verdict === 'INVALID';
  const isOne = Object.keys(result.variants).length <= 1;
  const rows = result.thresholds.map((threshold) => {
    const subject = statisticLabel(threshold.metric, threshold.statistic);
    const cells = [
      isInvalid ? '⊘ not judged' : outcomeWord(threshold),
      isOne ? subject : `${subject} (${threshold.variant})`,
      thresholdValue(threshold),
      limitText(threshold),
      distanceText(threshold),
    ];
    return `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  });
  return ['| | Limit on | Measured | Limit | Distance |', '|---|---|--:|--:|--:|', ...rows].join('\n');
}

/** Below the answer to "which is better?", a row for each level. */
function smallTable(result: RunResult): string[] {
  const small = answerTable(result);
  if (small === null) return [];
  const { columns, rows, caption } = small;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const head = columns.map(({ tells, sides }) =>
    escapeMarkdown(tells === '' ? sides : `${tells} (${sides})`),
  );
  const body = rows.map(({ place, cells }) =>
    line([
      escapeMarkdown(place),
      ...cells.map((cell) =>
        cell === null
          ? '–'
          : `**${escapeMarkdown(cell.word)}** ${escapeMarkdown(cell.change)}<br>${escapeMarkdown(cell.means)}`,
      ),
    ]),
  );
  const table = [line(['', ...head]), line(['---', ...head.map(() => '---')]), ...body].join('\n');
  return [table, escapeMarkdown(caption)];
}

function capacityTable({ capacity = [], verdict }: RunResult): string {
  if (capacity.length === 0 || verdict === 'AUDIT_FAILED') return '';
  const rows = capacity.map((found) => {
    const { outcome, arrivals, sustainedPerSecond: rate, firstFailedPerSecond: failed, reason } = found;
    const cells = [
      configurationText(found),
      rate === null ? '–' : `${outcome === 'at-least' ? '≥ ' : ''}${rateText(rate, arrivals)}`,
      failed === null ? '–' : `${formatNumber(failed)} ${arrivals}/s`,
      reason,
    ];
    return `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  });
  return ['| Variant | Sustained | Fails at | |', '|---|--:|--:|---|', ...rows].join('\n');
}

function comparisonList(result: RunResult): string[] {
  const isWithheld = result.verdict === 'INVALID' || result.verdict === 'AUDIT_FAILED';
  if (isWithheld || result.comparisons.length === 0) return [];
  const primary = result.comparisons.filter(({ role }) => role === 'primary');
  const exploratory = result.comparisons.filter(({ role }) => role === 'exploratory');
  const folded = `<details><summary>${countOf(exploratory.length, 'exploratory comparison')}</summary>\n\n${comparisonTable(exploratory)}\n\n</details>`;
  return [
    combinedSentences(result)
      .map((sentence) => `- ${escapeMarkdown(sentence)}`)
      .join('\n'),
    primary.length === 0 ? '' : comparisonTable(primary),
    exploratory.length === 0 ? '' : folded,
  ];
}

function comparisonTable(comparisons: readonly ComparisonResult[]): string {
  const rows = comparisons.map((comparison) => {
    const { metric, statistic, role, sentence } = comparison;
    const cells = [
      comparisonWord(comparison),
      statisticLabel(metric, statistic),
      pairText(comparison),
      sentence,
      role,
    ];
    return `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  });
  return ['| | Metric | Compared | Effect | Role |', '|---|---|---|---|---|', ...rows].join('\n');
}

function auditText(result: RunResult): string {
  const broken = Object.entries(result.variants).flatMap(([key, { audit }]) =>
    audit
      .filter((finding) => !finding.ok)
      .map((finding) => `- ${escapeMarkdown(`${key}: ${finding.claim}: ${auditCounts(finding)}`)}`),
  );
  return [`Audit: ${auditLine(result)}.`, ...broken].join('\n');
}

function generatorText(result: RunResult): string {
  const generators = Object.values(result.variants).map((variant) => variant.generator);
  const sum = (read: (generator: (typeof generators)[number]) => number) =>
    formatNumber(generators.reduce((total, generator) => total + read(generator), 0));
  const lateness = formatNumber(Math.max(...generators.map((generator) => generator.latenessP99Ms), 0));
  return `Generator: ${generators.every((generator) => generator.ok) ? 'healthy' : 'not healthy'}; ${sum((g) => g.startedCount)} of ${sum((g) => g.plannedCount)} planned sessions started, lateness p99 ${lateness} ms.`;
}

/** Keeps text from data from becoming markup or breaking a table row. */
function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]|~]/g, '\\$&');
}
