// One run in the gallery, a line each: what became of it, which scenario with what changed in it, how much it did, how long people
// waited, and how that stands beside the last run like it.

import { formatClock } from '../format/format.ts';
import { html, type Markup } from '../html/markup/markup.ts';
import { commitText, dayText } from '../html/sections/verdict.ts';
import type { Manifest } from '../record/manifest.ts';
import type { RunResult } from '../record/result.ts';
import { entryBadge, entrySentence } from './entry-words.ts';
import { effectFigures, type Figure, hasResult, rateFigure, waitFigure } from './key-figure.ts';
import type { Standing } from './like-runs.ts';
import { type GalleryEntry, scenarioOfEntry, wordOfEntry } from './list-entries.ts';
import { runAddress } from './page-shell.ts';
import { changeText, isLargeChange, NOT_JUDGED } from './ratio-words.ts';
import { type Findable, matchesFilter, type RunFilter } from './run-filter.ts';
import { sparkline } from './sparkline.ts';

const MOST_CHIPS = 4;
const MOST_EFFECTS = 2;

/** @param standing beside the runs like it; undefined where it has no figure */
export function galleryRow(
  entry: GalleryEntry,
  findable: Findable,
  filter: RunFilter,
  standing: Standing | undefined,
): Markup {
  const badge = entryBadge(entry);
  const isHidden = !matchesFilter(filter, findable);
  const scenario = scenarioOfEntry(entry);
  const manifest = entry.kind === 'unreadable' ? null : entry.manifest;
  return html`<li class="run" data-scenario="${scenario}" data-verdict="${wordOfEntry(entry)}" data-text="${findable.text}"${isHidden ? html` hidden` : null}>
<div class="run-choice">${
    entry.kind === 'unreadable'
      ? null
      : html`<input type="checkbox" form="compare" name="run" value="${entry.name}" aria-label="Choose ${entry.name} for side by side">`
  }</div>
<div class="run-head"><span class="judgement ${badge.tone}">${badge.text}</span>
<a href="${runAddress(entry.name)}">${scenario}</a> ${manifest === null ? null : chips(manifest)}</div>
<div class="run-facts">${facts(entry)}</div>
<div class="run-figures">${entry.kind === 'finished' ? figures(entry.result, standing) : null}</div>
${reason(entry)}
</li>`;
}

/** Why there is no PASS. */
function reason(entry: GalleryEntry): Markup | null {
  const isFine = entry.kind === 'finished' && entry.result.verdict === 'PASS';
  return isFine ? null : html`<p class="run-text">${entrySentence(entry)}</p>`;
}

/** What was changed in the scenario: a fault first, then options and settings. */
function chips({ flags = [], overrides }: Manifest): Markup | null {
  const faults = flags.filter(isFault);
  const others = [...flags.filter((flag) => !isFault(flag)), ...overrides];
  const shown = others.slice(0, MOST_CHIPS);
  const rest = others.slice(MOST_CHIPS);
  return html`${faults.map((flag) => html`<span class="chip fault">fault ${flag.slice('--fault '.length)}</span> `)}${shown.map((text) => html`<span class="chip">${text}</span> `)}${
    rest.length === 0
      ? null
      : html`<span class="chip" title="${rest.join(', ')}">and ${rest.length} more</span>`
  }`;
}

const isFault = (flag: string): boolean => flag.startsWith('--fault ');

function facts(entry: GalleryEntry): Markup {
  if (entry.kind === 'unreadable') return html`<span>${entry.name}</span>`;
  const { status, manifest } = entry;
  const seconds = status.finishedAt === null ? null : secondsBetween(status.startedAt, status.finishedAt);
  return html`<span>${dayText(status.startedAt)}</span>
${seconds === null ? null : html`<span>took ${formatClock(seconds)}</span>`}
${manifest === null ? null : html`<span>seed ${manifest.seed}</span> <span>commit ${commitText(manifest.commit, manifest.commitIsDirty)}</span>`}`;
}

/** Withheld where the audit failed; an invalid run measured its generator. */
function figures(result: RunResult, standing: Standing | undefined): Markup | null {
  if (result.verdict === 'AUDIT_FAILED') return html`<small>numbers withheld: the audit failed</small>`;
  if (!hasResult(result)) return html`<small>no figures of the shop</small>`;
  const effects = effectFigures(result);
  if (effects.length > 0) {
    const rest = effects.length - MOST_EFFECTS;
    return html`${effects.slice(0, MOST_EFFECTS).map((each) => figure(each, 'effect'))}${rest > 0 ? html`<small>and ${rest} more on its page</small>` : null}`;
  }
  return html`${figure(rateFigure(result), 'rate')}${figure(waitFigure(result), 'wait')}${change(standing)}`;
}

function figure(shown: Figure | null, name: string): Markup {
  if (shown === null) return html`<div class="figure ${name}"><b>–</b></div>`;
  return html`<div class="figure ${name}"><b>${shown.value}</b><small>${shown.what}</small></div>`;
}

/** Against the last run like it; nothing is judged here, and what is large all the same is marked. */
function change(standing: Standing | undefined): Markup {
  if (standing === undefined) return html`<div class="figure change"><b>–</b></div>`;
  const { before, figure: own, values } = standing;
  if (before === null)
    return html`<div class="figure change"><small>the first of its kind here</small></div>`;
  const ratio = own.value / before.figure.value;
  const isLarge = isLargeChange(ratio);
  const course = `${own.label} over ${values.length} runs like it, the newest ${own.text}`;
  return html`<div class="figure change${isLarge ? ' large' : ''}"><b>${changeText(ratio)}</b> ${sparkline(values, course)}<small>${isLarge ? `${NOT_JUDGED}; ` : null}${own.label}, ${before.figure.text} on ${dayText(before.startedAt)}</small></div>`;
}

function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}
