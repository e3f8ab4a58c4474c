// The lines of a chart over time, from the tables of counts and gauges.
import { COUNTS, type CountLine, type SeriesCount } from './counts.ts';
import { GAUGES, type SeriesGauge } from './gauges.ts';

/** The counts whose lines stand in a chart, in its order. */
export function linesOf(chart: string): (CountLine & { name: string })[] {
  const counts: readonly SeriesCount[] = COUNTS;
  return counts.flatMap(({ name, line }) => (line?.chart === chart ? [{ ...line, name }] : []));
}

/** The gauges whose lines stand in a chart, in its order. */
export function gaugeLinesOf(chart: string): { label: string; name: string }[] {
  const gauges: readonly SeriesGauge[] = GAUGES;
  return gauges.flatMap(({ name, line }) => (line?.chart === chart ? [{ label: line.label, name }] : []));
}
