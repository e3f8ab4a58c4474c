// One run in the gallery: verdict, scenario, answer, when and how long, seed, commit and its primary figures.

import { formatClock } from '../format/format.ts';
import { html, type Markup } from '../html/markup/markup.ts';
import { commitText, dayText } from '../html/sections/verdict.ts';
import type { ComparisonResult, RunResult, ThresholdResult } from '../record/result.ts';
import { outcomeOf, type ThresholdOutcome } from '../record/threshold-result.ts';
import { metricLabel, statisticLabel } from '../words/metric-names.ts';
import { limitText, thresholdValue } from '../words/threshold-words.ts';
import { entryBadge, entrySentence } from './entry-words.ts';
import { type GalleryEntry, scenarioOfEntry, wordOfEntry } from './list-entries.ts';
import { runAddress } from './page-shell.ts';
import { changeText } from './ratio-words.ts';
import { type Findable, matchesFilter, type RunFilter } from './run-filter.ts';

const MOST_FIGURES = 4;
const SHOWN_FIRST: ThresholdOutcome[] = ['missed', 'undecided', 'kept'];

export function galleryRow(entry: GalleryEntry, findable: Findable, filter: RunFilter): Markup {
  const word = wordOfEntry(entry);
  const badge = entryBadge(entry);
  const isHidden = !matchesFilter(filter, findable);
  const scenario = scenarioOfEntry(entry);
  return html`<li class="run" data-scenario="${scenario}" data-verdict="${word}" data-text="${findable.text}"${isHidden ? html` hidden` : null}>
<div class="run-choice">${
    entry.kind === 'unreadable'
      ? null
      : html`<input type="checkbox" form="compare" name="run" value="${entry.name}" aria-label="Choose ${entry.name} for side by side">`
  }</div>
<div class="run-head"><span class="judgement ${badge.tone}">${badge.text}</span>
<a href="${runAddress(entry.name)}">${scenario}</a></div>
<div class="run-text">${texts(entry)}</div>
<div class="run-facts">${facts(entry)}</div>
<div class="run-figures">${entry.kind === 'finished' ? figures(entry.result) : null}</div>
</li>`;
}

/** The answer of a finished run; the verdict's sentence where there is no answer to trust, or no result. */
function texts(entry: GalleryEntry): Markup {
  if (entry.kind !== 'finished') return html`<p>${entrySentence(entry)}</p>`;
  const { verdict, answer } = entry.result;
  const sentence = verdict === 'PASS' ? null : html`<small>${entrySentence(entry)}</small>`;
  return html`<p>${answer}</p>${sentence}`;
}

function facts(entry: GalleryEntry): Markup {
  if (entry.kind === 'unreadable') return html`<span>${entry.name}</span>`;
  const { status, manifest } = entry;
  const seconds = status.finishedAt === null ? null : secondsBetween(status.startedAt, status.finishedAt);
  return html`<span>${dayText(status.startedAt)}</span>
${seconds === null ? null : html`<span>took ${formatClock(seconds)}</span>`}
${manifest === null ? null : html`<span>seed ${manifest.seed}</span> <span>commit ${commitText(manifest.commit, manifest.commitIsDirty)}</span>`}
${manifest === null || manifest.overrides.length === 0 ? null : html`<span class="overrides">${manifest.overrides.join(', ')}</span>`}`;
}

/** Primary comparisons and limits with their values; withheld where the audit failed. */
function figures(result: RunResult): Markup | null {
  if (result.verdict === 'AUDIT_FAILED') return html`<small>numbers withheld: the audit failed</small>`;
  const severalVariants = Object.keys(result.variants).length > 1;
  const isJudged = result.verdict !== 'INVALID';
  const effects = result.comparisons.filter(({ role }) => role === 'primary').map(effectFigure);
  const limits = [...result.thresholds]
    .sort((a, b) => SHOWN_FIRST.indexOf(outcomeOf(a)) - SHOWN_FIRST.indexOf(outcomeOf(b)))
    .map((threshold) => limitFigure(threshold, severalVariants, isJudged));
  const all = [...effects, ...limits];
  const rest = all.length - MOST_FIGURES;
  return html`<dl>${all.slice(0, MOST_FIGURES)}</dl>${rest > 0 ? html`<small>and ${rest} more on its page</small>` : null}`;
}

function effectFigure({ metric, candidate, baseline, ratio, verdict }: ComparisonResult): Markup {
  return html`<div><dt>${metricLabel(metric)}, ${candidate} against ${baseline}</dt>
<dd>${ratio === null ? null : `${changeText(ratio)} `}<small>${verdict}</small></dd></div>`;
}

function limitFigure(threshold: ThresholdResult, withVariant: boolean, isJudged: boolean): Markup {
  const label = statisticLabel(threshold.metric, threshold.statistic);
  const outcome = outcomeOf(threshold);
  const mark = isJudged ? { kept: '✓', missed: '✗', undecided: '?' }[outcome] : '⊘';
  const tone = isJudged ? { kept: 'ok', missed: 'not-ok', undecided: 'void' }[outcome] : 'void';
  return html`<div><dt>${label}${withVariant ? `, ${threshold.variant}` : null}</dt>
<dd>${thresholdValue(threshold)} <small><span class="judgement ${tone}">${mark}</span> ${limitText(threshold)}</small></dd></div>`;
}

function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}
