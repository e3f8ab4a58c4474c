// The verdict in figures: what the first screen says in shop language stands here as it is written everywhere else.

import type { FinishedRun } from '../../record/read-run.ts';
import { badgeOf } from '../../words/badge.ts';
import { verdictDetails, verdictSentence } from '../../words/verdict-words.ts';
import { html, type Markup } from '../markup/markup.ts';
import { section, sentenceMarkup } from './layout.ts';

export function whySection({ result }: FinishedRun): Markup {
  const details = verdictDetails(result);
  return section(
    'why',
    'Why',
    html`<p class="question">${result.question}</p>
<p><strong>${badgeOf(result).text}</strong> ${verdictSentence(result)}</p>
${details.length > 0 ? html`<ul class="details">${details.map((detail) => html`<li>${detail.trim()}</li>`)}</ul>` : null}
${result.answer.split('\n').map((sentence) => html`<p>${sentenceMarkup(sentence)}</p>`)}`,
  );
}
