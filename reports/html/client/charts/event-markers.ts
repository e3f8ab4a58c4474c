// Marks what happened to the shop on a chart over time: a dashed line and its label.
import type { Chart, Plugin } from 'chart.js';
import type { Palette } from './palette.ts';
import { placeLabels } from './place-labels.ts';

const ROW_PIXELS = 15;
/** Labels take at most this much of a chart's height. */
const LABELS_RATIO = 0.6;

/** A chart.js plugin that draws the events which lie within the axis, labels in rows so that none covers another. */
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
      const markers = shown.map(({ second, label }) => ({
        label,
        x: axis.getPixelForValue(second),
        width: ctx.measureText(label).width,
      }));
      for (const { x } of markers) drawLine(ctx, x, chartArea, palette);
      const rows = Math.max(1, Math.floor((chartArea.height * LABELS_RATIO) / ROW_PIXELS));
      const places = placeLabels(markers, { left: chartArea.left, right: chartArea.right, rows });
      for (const [index, { label }] of markers.entries()) {
        const place = places[index];
        if (!place) continue;
        const { left, width, row } = place;
        const y = chartArea.top + 8 + row * ROW_PIXELS;
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

function drawLine(
  ctx: CanvasRenderingContext2D,
  x: number,
  { top, bottom }: Chart['chartArea'],
  palette: Palette,
): void {
  ctx.strokeStyle = palette.event;
  ctx.lineWidth = 1.5;
  ctx.setLineDash([4, 3]);
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x, bottom);
  ctx.stroke();
}
