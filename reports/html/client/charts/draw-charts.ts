// Fills every chart's frame in the page for the chosen view, or says in words why there is nothing to draw.
import { Chart } from 'chart.js';
import type { View } from '../view/shown.ts';
import { type ChartSpec, hasValues, withinWindow } from './chart-spec.ts';
import { chartSpec } from './chart-specs.ts';
import { describeChart } from './describe-chart.ts';
import { drawLineChart } from './line-chart.ts';
import { currentPalette } from './palette.ts';

/** Draws all charts anew; what was drawn before is destroyed. */
export function drawCharts(view: View): void {
  const palette = currentPalette();
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 12;
  for (const figure of document.querySelectorAll<HTMLElement>('figure[data-chart]')) {
    const canvas = figure.querySelector('canvas');
    const plot = figure.querySelector<HTMLElement>('.plot');
    const empty = figure.querySelector<HTMLElement>('.empty');
    const title = figure.querySelector('h3');
    if (!canvas || !plot || !empty) continue;
    Chart.getChart(canvas)?.destroy();
    const whole = chartSpec(figure.dataset.chart ?? '', view);
    const spec = whole && withinWindow(whole);
    const isDrawn = hasValues(spec);
    plot.hidden = !isDrawn;
    empty.hidden = isDrawn;
    figure.classList.toggle('nothing', !isDrawn);
    if (spec?.title !== undefined && title) title.textContent = spec.title;
    if (!isDrawn) continue;
    canvas.setAttribute('aria-label', describeChart(title?.textContent ?? '', spec));
    drawLineChart(canvas, spec, palette);
    drawn.set(canvas, spec);
  }
}

const drawn = new WeakMap<HTMLCanvasElement, ChartSpec>();

/** What was last drawn on a canvas. */
export function specOf(canvas: HTMLCanvasElement): ChartSpec | undefined {
  return drawn.get(canvas);
}
