// The live counters of the pages that shoppers had open: how many messages with new values there were, and how late they came.
import type { FinishedRun } from '../../record/read-run.ts';
import { plainValueOf } from '../../words/metric-names.ts';
import { html, type Markup } from '../markup/markup.ts';
import { section } from './layout.ts';
import { timeCharts } from './time-charts.ts';

/** Nothing for a run in which no page heard of a counter. */
export function countersSection(run: FinishedRun): Markup | null {
  const variants = Object.values(run.result.variants);
  if (variants.every(({ metrics }) => (plainValueOf(metrics, 'counters.messages') ?? 0) === 0)) return null;
  return section(
    'counters',
    'Live counters',
    html`<div class="pair">${timeCharts('counters', run.result.variants)}</div>`,
    'Lists and product pages show how many people look at each product, have it in the cart and bought it. A change is seen when a page hears of it; a page hears four times a second at most, of all its changes at once.',
  );
}
