// A chart in words, for readers who do not see it.
import { formatClock, formatNumber } from '../../../format/format.ts';
import { type ChartSeries, type ChartSpec, percentileLabel, pointText } from './chart-spec.ts';

/** Title, then for every line where it starts and ends, and its largest value and where that lies; then what happened. */
export function describeChart(title: string, spec: ChartSpec): string {
  const lines = spec.series.map((series) => describeSeries(series, spec));
  const events = (spec.events ?? []).map(({ second, label }) => `${label} at ${formatClock(second)}.`);
  return [`${title}, ${spec.unit}.`, ...lines, ...events].join(' ');
}

/** A place on the axis as a reader calls it. */
export function placeText(spec: ChartSpec, x: number): string {
  switch (spec.axis) {
    case 'time':
      return formatClock(x);
    case 'nines':
      return percentileLabel(x);
    case 'block':
      return `block ${x}`;
    case 'rate':
      return `${formatNumber(x)} ${spec.axisUnit}`;
  }
}

function describeSeries(series: ChartSeries, spec: ChartSpec): string {
  const { label, xs, values } = series;
  const points = values.flatMap((value, index) => {
    const text = pointText(spec, series, index);
    return value === null || text === null ? [] : [{ x: xs[index] ?? 0, value, text }];
  });
  const [first] = points;
  if (!first) return `${label}: no values.`;
  const last = points.at(-1) ?? first;
  const largest = points.reduce((a, b) => (b.value > a.value ? b : a));
  const place = (x: number) => placeText(spec, x);
  return `${label}: from ${first.text} at ${place(first.x)} to ${last.text} at ${place(last.x)}; largest ${largest.text} at ${place(largest.x)}.`;
}
