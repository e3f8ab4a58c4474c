// What shoppers did, as they told the shop for its behaviour log, and how long it took to take that in.
import type { FinishedRun } from '../../record/read-run.ts';
import { plainValueOf } from '../../words/metric-names.ts';
import { html, type Markup } from '../markup/markup.ts';
import { section } from './layout.ts';
import { timeCharts } from './time-charts.ts';

/** Nothing for a run in which nobody told the shop what they did. */
export function behaviourSection(run: FinishedRun): Markup | null {
  const variants = Object.values(run.result.variants);
  if (variants.every(({ metrics }) => (plainValueOf(metrics, 'actions.made') ?? 0) === 0)) return null;
  return section(
    'behaviour',
    'What shoppers did',
    html`<div class="pair">${timeCharts('behaviour', run.result.variants)}</div>`,
    'Clicks, searches, carts and orders are told in batches beside the shopping itself; the audit looks in the log for each that was taken in.',
  );
}
