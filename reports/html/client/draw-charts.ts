// Fills every chart's frame in the page for the chosen view, or says in words why there is nothing to draw.
import { Chart } from 'chart.js';
import type { PageData } from '../page-data.ts';
import { hasValues } from './chart-spec.ts';
import { chartSpec } from './chart-specs.ts';
import { describeChart } from './describe-chart.ts';
import { drawLineChart } from './line-chart.ts';
import { currentPalette } from './palette.ts';
import type { View } from './view.ts';

/** Draws all charts anew; what was drawn before is destroyed. */
export function drawCharts(data: PageData, view: View): void {
  const palette = currentPalette();
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 12;
  for (const figure of document.querySelectorAll<HTMLElement>('figure[data-chart]')) {
    const canvas = figure.querySelector('canvas');
    const plot = figure.querySelector<HTMLElement>('.plot');
    const empty = figure.querySelector<HTMLElement>('.empty');
    if (!canvas || !plot || !empty) continue;
    Chart.getChart(canvas)?.destroy();
    const spec = chartSpec(figure.dataset.chart ?? '', data, view);
    const isDrawn = hasValues(spec);
    plot.hidden = !isDrawn;
    empty.hidden = isDrawn;
    if (!isDrawn) continue;
    const title = figure.querySelector('h3')?.textContent ?? '';
    canvas.setAttribute('aria-label', describeChart(title, spec));
    drawLineChart(canvas, spec, palette);
  }
}
