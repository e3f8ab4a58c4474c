// Draws the trends that are to be seen; a click on a point opens that run.
import { Chart } from 'chart.js';
import { currentPalette } from '../../html/client/charts/palette.ts';
import type { TrendGroup } from '../trend-data.ts';
import { drawTrend } from './trend-chart.ts';

/** None where the page carries no data: only the gallery itself has trends. */
export function readTrends(): TrendGroup[] {
  const element = document.getElementById('trend-data');
  return element === null ? [] : (JSON.parse(element.textContent ?? '[]') as TrendGroup[]);
}

export function drawTrends(groups: TrendGroup[]): void {
  const palette = currentPalette();
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 12;
  for (const group of groups) {
    for (const chart of group.charts) {
      const canvas = document.querySelector<HTMLCanvasElement>(`#${chart.id} canvas`);
      if (!canvas) continue;
      Chart.getChart(canvas)?.destroy();
      if (canvas.closest('[hidden]') === null) drawTrend(canvas, group, chart, palette);
    }
  }
}
