// Marks what happened to the shop on a chart over time: a dashed line and its label.
import type { Chart, Plugin } from 'chart.js';
import type { Palette } from './palette.ts';

const ROW_PIXELS = 15;
const ROWS = 3;

/** A chart.js plugin that draws the events which lie within the axis, labels in rows so that neighbours can be read. */
export function eventMarkers(events: { second: number; label: string }[], palette: Palette): Plugin<'line'> {
  return {
    id: 'eventMarkers',
    afterDatasetsDraw(chart: Chart) {
      const { ctx, chartArea, scales } = chart;
      const axis = scales.x;
      if (!axis) return;
      const shown = events.filter(({ second }) => second >= axis.min && second <= axis.max);
      ctx.save();
      ctx.font = `600 11px ${getComputedStyle(document.body).fontFamily}`;
      ctx.textBaseline = 'middle';
      for (const [index, { second, label }] of shown.entries()) {
        const x = axis.getPixelForValue(second);
        const y = chartArea.top + 8 + (index % ROWS) * ROW_PIXELS;
        ctx.strokeStyle = palette.event;
        ctx.lineWidth = 1.5;
        ctx.setLineDash([4, 3]);
        ctx.beginPath();
        ctx.moveTo(x, chartArea.top);
        ctx.lineTo(x, chartArea.bottom);
        ctx.stroke();
        const width = Math.min(ctx.measureText(label).width, chartArea.width / 2);
        const isLeft = x + width + 10 > chartArea.right;
        const left = isLeft ? x - width - 6 : x + 5;
        ctx.fillStyle = palette.surface;
        ctx.globalAlpha = 0.85;
        ctx.fillRect(left - 2, y - 7, width + 4, 14);
        ctx.globalAlpha = 1;
        ctx.fillStyle = palette.event;
        ctx.fillText(label, left, y, width);
      }
      ctx.restore();
    },
  };
}
