// What came into the shop from outside during the run: products and people through their topics.

import type { FinishedRun } from '../../record/read-run.ts';
import { plainValueOf } from '../../words/metric-names.ts';
import { html, type Markup } from '../markup/markup.ts';
import { section } from './layout.ts';
import { timeCharts } from './time-charts.ts';

/** Nothing for a run into which nothing came. */
export function intakeSection(run: FinishedRun): Markup | null {
  const variants = Object.values(run.result.variants);
  const came = ({ metrics }: (typeof variants)[number]) =>
    ['products.published', 'users.published'].some((name) => plainValueOf(metrics, name) !== undefined);
  if (!variants.some(came)) return null;
  return section(
    'intake',
    'From outside',
    html`<div class="pair">${timeCharts('intake', run.result.variants)}</div>`,
    'Products and people came as messages of their topics; the audit looks in the shop for each that the broker acknowledged.',
  );
}
