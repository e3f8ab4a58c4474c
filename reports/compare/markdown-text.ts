// A comparison of two runs as Markdown, for a pull request or a CI job's summary.
import { comparisonWord } from '../words/comparison-words.ts';
import type { RunComparison } from './compare-runs.ts';
import type { LabelledRun } from './compared-run.ts';
import { footnotesOf } from './footnotes.ts';
import { marginText, rowWords, sideText, summaryLines } from './summary-words.ts';

export function markdownText(
  comparison: RunComparison,
  baseline: LabelledRun,
  candidate: LabelledRun,
): string {
  const { rows, warnings, notes, marginRatio } = comparison;
  const [headline = '', ...further] = summaryLines(comparison).map(escaped);
  const labels = [baseline.label, candidate.label].map(escaped);
  const footnotes = [...footnotesOf(rows)].map(([text, number]) => `${number}. ${escaped(text)}`);
  return `${[
    `## ${escaped(candidate.name)} against ${escaped(baseline.name)}`,
    warnings.map((warning) => `> ⚠ ${escaped(warning)}`).join('  \n'),
    `**${headline}**`,
    listOf(further),
    table(comparison, labels),
    footnotes.join('\n'),
    listOf(notes.map(escaped)),
    [baseline, candidate].map((run) => `${escaped(run.label)}: ${escaped(sideText(run))}`).join('  \n'),
    `Geometric means over the cells, 95 % CI by Welch, margin ${marginText(marginRatio)}.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

function table({ rows }: RunComparison, labels: string[]): string {
  if (rows.length === 0) return '';
  const numbers = footnotesOf(rows);
  const isOne = new Set(rows.map(({ group }) => group)).size === 1;
  const lines = rows.map((row) => {
    const { metric, baseline, candidate, change, interval, cells } = rowWords(row);
    const number = numbers.get(row.result.footnote ?? '');
    const verdict =
      escaped(comparisonWord(row.result)) + (number === undefined ? '' : ` <sup>${number}</sup>`);
    const name = isOne ? metric : `${metric} (${row.group})`;
    const texts = [name, baseline, candidate, change, interval, cells].map(escaped);
    return `| ${[...texts, verdict].join(' | ')} |`;
  });
  const header = `| Metric | ${labels.join(' | ')} | Change | 95 % CI | Cells | Verdict |`;
  return [header, '|---|--:|--:|--:|--:|--:|---|', ...lines].join('\n');
}

function listOf(items: string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** Keeps text from data from becoming markup or breaking a table row. */
function escaped(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]|~]/g, '\\$&');
}
