// The top of the page: which run this is, its badge, and the answer in a few words for one who never saw a percentile.

import { formatClock } from '../../format/format.ts';
import { keepUnits } from '../../format/wrap.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import { badgeOf } from '../../words/badge.ts';
import { type Headline, headlineOf } from '../../words/first-screen/headline.ts';
import { plantedSentence, resumedSentence, verdictDetails, verdictWord } from '../../words/verdict-words.ts';
import { html, type Markup } from '../markup/markup.ts';
import { sentenceMarkup } from './layout.ts';

/** Bands across the page for a run whose numbers must not be used, or whose shop was slowed down on purpose. */
export function bannerSection({ result, manifest }: FinishedRun): Markup {
  const planted = manifest.planted ?? [];
  const differences = manifest.resumedAnyway ?? [];
  return html`${verdictBanner(result)}${differences.length === 0 ? null : html`<p class="banner void" role="alert"><strong>RESUMED ANYWAY</strong> ${resumedSentence(differences)}</p>`}${planted.length === 0 ? null : html`<p class="banner void" role="alert"><strong>PLANTED</strong> ${plantedSentence(planted)}</p>`}`;
}

function verdictBanner(result: FinishedRun['result']): Markup | null {
  if (result.verdict === 'INVALID') {
    return html`<p class="banner void" role="alert"><strong>${verdictWord('INVALID')}</strong> These latencies describe the generator, not the shop. Do not quote them.</p>`;
  }
  if (result.verdict === 'AUDIT_FAILED') {
    return html`<p class="banner bad" role="alert"><strong>${verdictWord('AUDIT_FAILED')}</strong> Something was lost, doubled or wrong. What follows is for finding out why, not a performance result.</p>`;
  }
  return null;
}

export function verdictSection({ result, manifest }: FinishedRun): Markup {
  const badge = badgeOf(result);
  return html`<p class="run-line">Stampede <span>${result.scenario}</span> <span>${dayText(result.startedAt)}</span> <span>took ${formatClock(secondsBetween(result.startedAt, result.finishedAt))}</span></p>
<h1>${manifest.title}</h1>
<div class="verdict ${badge.tone}">
<p class="word">${badge.text}</p>
${headlineMarkup(headlineOf(result, manifest), result)}
</div>`;
}

/** What is broken beyond the first rule is told at once, with its orders: without them the reader learns nothing. */
function headlineMarkup({ lead, more, caveat }: Headline, result: FinishedRun['result']): Markup {
  const details = result.verdict === 'AUDIT_FAILED' ? verdictDetails(result).slice(1) : [];
  return html`<p class="answer"><strong class="lead-word">${keepUnits(lead)}</strong></p>
${more.map((sentence) => html`<p class="more">${sentenceMarkup(sentence)}</p>`)}
${caveat === undefined ? null : html`<p class="caveat">${sentenceMarkup(caveat)}</p>`}
${details.length > 0 ? html`<ul>${details.map((detail) => html`<li>${detail.trim()}</li>`)}</ul>` : null}`;
}

/** `21 Nov 2025, 11:00 UTC`. */
export function dayText(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const day = date.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return `${day}, ${date.toISOString().slice(11, 16)} UTC`;
}

/** The commit's first ten digits, and whether files differed from it. */
export function commitText(commit: string | null, isDirty: boolean): string {
  return commit === null ? 'unknown' : `${commit.slice(0, 10)}${isDirty ? ' with changes' : ''}`;
}

function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}
