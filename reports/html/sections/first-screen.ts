// The first screen of every page: the answer, and below it what it rests on for a shopkeeper. A rehearsal has what was sold, one
// wide chart with its limits beside it, and what to watch; a comparison has one table of waits.

import { capitalised, formatNumber } from '../../format/format.ts';
import { keepUnits } from '../../format/wrap.ts';
import type { FinishedRun } from '../../record/read-run.ts';
import { isRehearsal, type Question, questionOf } from '../../words/first-screen/asked.ts';
import { type ShopFigure, shopFigures } from '../../words/first-screen/shoppers.ts';
import { watchSentences } from '../../words/first-screen/watch.ts';
import { lastUnitsOf } from '../../words/last-units.ts';
import { waitTable } from '../../words/wait-table.ts';
import { driftsOf } from '../data/drifts.ts';
import { firstChart } from '../data/first-chart.ts';
import { html, type Markup } from '../markup/markup.ts';
import { chartFigure } from './layout.ts';
import { limitSection } from './limits.ts';
import { verdictSection } from './verdict.ts';
import { waitTableMarkup } from './wait-table.ts';

/** A rehearsal's limits stand beside its chart; those of other runs, and of one whose books are wrong, further below. */
export function firstScreen(run: FinishedRun): Markup {
  const question = questionOf(run.result, run.manifest);
  const hasLimits = showsLimits(run);
  return html`<header>
${verdictSection(run)}
${isRehearsal(question) ? figureList(run) : comparison(run)}
${hasLimits ? null : jumpLinks(run, question)}
</header>
${hasLimits ? chartWithLimits(run, question) : null}`;
}

/** Whether the limits stand on the first screen. */
export function showsLimits({ result, manifest }: FinishedRun): boolean {
  return isRehearsal(questionOf(result, manifest)) && result.verdict !== 'AUDIT_FAILED';
}

function chartWithLimits(run: FinishedRun, question: Question): Markup {
  const chart = firstChart(run.result);
  const frame =
    chart === null
      ? null
      : chartFigure({ chart: 'first', title: chart.title, note: chart.note, empty: chart.empty });
  const watch = watchList(run);
  return html`<div class="first-row"><div>${frame}
${watch.length === 0 ? null : html`<div class="watch"><strong class="watch-word">Watch:</strong><ul>${watch.map((sentence) => html`<li>${keepUnits(sentence)}</li>`)}</ul></div>`}
${jumpLinks(run, question)}</div>
${limitSection(run)}</div>`;
}

/** Nothing is worth watching where the figures are not the shop's. */
function watchList(run: FinishedRun): string[] {
  if (run.result.verdict === 'INVALID') return [];
  return watchSentences(run, driftsOf(run)).map(capitalised);
}

function figureList(run: FinishedRun): Markup | null {
  const { variants, verdict } = run.result;
  const [variant] = Object.values(variants);
  // Nobody is to quote what the generator made of it.
  if (variant === undefined || verdict === 'INVALID') return null;
  const durationSeconds = run.cells.reduce((sum, cell) => sum + cell.durationSeconds, 0);
  const rush = lastUnitsOf(variants);
  const figures =
    verdict === 'AUDIT_FAILED' ? [] : shopFigures(variant.metrics, durationSeconds, rush?.pieceCount);
  return html`<dl class="shop-figures">${[...figures, booksFigure(run)].map(
    ({ label, value, note }) =>
      html`<div><dt>${label}</dt><dd class="shop-value">${value}</dd><dd class="shop-note">${keepUnits(note)}</dd></div>`,
  )}</dl>`;
}

/** "Books: 11 of 11 checks". */
function booksFigure({ result: { variants } }: FinishedRun): ShopFigure {
  const findings = Object.values(variants).flatMap(({ audit }) => audit);
  const kept = findings.filter(({ ok }) => ok).length;
  const value = findings.length === 0 ? 'not checked' : `${kept} of ${formatNumber(findings.length)} checks`;
  const isWhole = kept === findings.length;
  const note = isWhole ? 'what was told is what is stored' : 'what failed stands under Audit';
  return { label: 'Books', value, note: findings.length === 0 ? '' : note };
}

function comparison({ result }: FinishedRun): Markup | null {
  const table = waitTable(result);
  return table === null ? null : waitTableMarkup(table);
}

/** Where the rest of the answer stands. */
function jumpLinks({ result }: FinishedRun, question: Question): Markup {
  const links = [
    ...(question === 'compares' && result.comparisons.length > 0 ? [['#comparisons', 'Intervals']] : []),
    ...(question === 'searches' ? [['#capacity', 'Rates']] : []),
    ['#limits', 'Limits'],
    ['#why', 'Why'],
    ['#manifest', 'What was run'],
  ];
  return html`<p class="first-links">${links.map(([target = '', text = '']) => html`<a href="${target}">${text}</a>`)}</p>`;
}
