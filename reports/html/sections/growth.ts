// People who became customers during the run, beside the curve that was planned for them.

import type { FinishedRun } from '../../record/read-run.ts';
import { plainValueOf } from '../../words/metric-names.ts';
import { html, type Markup } from '../markup/markup.ts';
import { chartFigure, section } from './layout.ts';

/** Nothing for a run in which nobody was to sign up. */
export function growthSection(run: FinishedRun): Markup | null {
  const variants = Object.values(run.result.variants);
  if (variants.every(({ metrics }) => plainValueOf(metrics, 'signUps.planned') === undefined)) return null;
  const people = chartFigure({
    chart: 'growth',
    title: 'People signed up, and the curve',
    note: 'people since the start, of all blocks shown; shaded: not measured',
    empty: 'Nobody was to sign up here.',
  });
  const confirmed = chartFigure({
    chart: 'bands/signUp.confirmed',
    title: 'Account confirmed',
    note: 'ms from the form to the account; p50, p95 and p99 of each time bucket',
    empty: 'Nobody got an account.',
  });
  return section(
    'growth',
    'Growth',
    html`<div class="pair">${people}${confirmed}</div>`,
    'People signed up through the shop’s API and went shopping at once. With model bass the curve is the S-curve of a year, compressed into the measured span: it shows the shape of growth, not its pace. Model decay keeps the founders’ real hours.',
  );
}
