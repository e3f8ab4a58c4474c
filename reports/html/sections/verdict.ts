// The top of the page: which run this is, its verdict, and the answer to its question in one sentence.

import { formatClock } from '../../format/format.ts';
import { keepUnits } from '../../format/wrap.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import { answerTable } from '../../words/answer-table.ts';
import { badgeOf } from '../../words/badge.ts';
import {
  plantedSentence,
  resumedSentence,
  verdictDetails,
  verdictSentence,
  verdictWord,
} from '../../words/verdict-words.ts';
import { html, type Markup } from '../markup/markup.ts';
import { answerTableMarkup } from './answer-table.ts';

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
  const details = verdictDetails(result);
  const badge = badgeOf(result);
  const small = answerTable(result);
  return html`<header>
<p class="run-line">Stampede <span>${result.scenario}</span> <span>${dayText(result.startedAt)}</span> <span>took ${formatClock(secondsBetween(result.startedAt, result.finishedAt))}</span> <span>seed ${result.seed}</span> <span>commit ${commitText(result.commit, manifest.commitIsDirty)}</span></p>
<h1>${manifest.title}</h1>
<p class="question">${result.question}</p>
<div class="verdict ${badge.tone}">
<p class="word">${badge.text}</p>
<p class="sentence">${verdictSentence(result)}</p>
${details.length > 0 ? html`<ul>${details.map((detail) => html`<li>${detail.trim()}</li>`)}</ul>` : null}
</div>
${answerText(result)}
${small === null ? null : answerTableMarkup(small)}
</header>`;
}

/** That of a comparison is two sentences, the second a caveat in smaller letters. */
function answerText({ answer, comparisons }: FinishedRun['result']): Markup {
  if (comparisons.length === 0) return html`<p class="answer">${keepUnits(answer)}</p>`;
  const [first, ...others] = keepUnits(answer).split('\n');
  return html`<p class="answer">${first}</p>${others.map((sentence) => html`<p class="caveat">${sentence}</p>`)}`;
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
