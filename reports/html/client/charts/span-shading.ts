// Shades what lies before and after the measured span, so that nobody reads lead-in and drain as results.
import type { Chart, Plugin } from 'chart.js';

/** A chart.js plugin that greys the time before 0 and from `spanSeconds` on. */
export function spanShading(spanSeconds: number, colour: string): Plugin<'line'> {
  return {
    id: 'spanShading',
    beforeDatasetsDraw(chart: Chart) {
      const { ctx, chartArea, scales } = chart;
      const axis = scales.x;
      if (!axis) return;
      const clamp = (pixel: number) => Math.min(chartArea.right, Math.max(chartArea.left, pixel));
      const start = clamp(axis.getPixelForValue(0));
      const end = clamp(axis.getPixelForValue(spanSeconds));
      ctx.save();
      ctx.fillStyle = colour;
      ctx.fillRect(chartArea.left, chartArea.top, start - chartArea.left, chartArea.height);
      ctx.fillRect(end, chartArea.top, chartArea.right - end, chartArea.height);
      ctx.restore();
    },
  };
}
