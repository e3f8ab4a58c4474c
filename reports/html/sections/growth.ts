// People who became customers during the run, beside the curve that was planned for them.

import type { FinishedRun } from '../../record/read-run.ts';
import { plainValueOf } from '../../words/metric-names.ts';
import { html, type Markup } from '../markup/markup.ts';
import { section } from './layout.ts';
import { timeCharts } from './time-charts.ts';

/** Nothing for a run in which nobody was to sign up. */
export function growthSection(run: FinishedRun): Markup | null {
  const variants = Object.values(run.result.variants);
  if (variants.every(({ metrics }) => plainValueOf(metrics, 'signUps.planned') === undefined)) return null;
  return section(
    'growth',
    'Growth',
    html`<div class="pair">${timeCharts('growth', run.result.variants)}</div>`,
    'People signed up through the shop’s API and went shopping at once. With model bass the curve is the S-curve of a year, compressed into the measured span: it shows the shape of growth, not its pace. Model decay keeps the founders’ real hours.',
  );
}
