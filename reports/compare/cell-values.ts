// One value per cell for a figure: what the statistics compare. Cells with too few samples for the quantile give none,
// and a value that was cut off at its deadline is counted as such.
import { mean } from 'simple-statistics';
import { variantKey } from '../record/names.ts';
import type { CellResult } from '../record/result.ts';
import { isLatencyStatistic, statisticValue } from '../words/quantile.ts';
import type { ComparedFigure } from './compared-figures.ts';

export type CellValues = {
  values: number[];
  unit: string;
  /** Values that are only known to be at least this large: so many samples had no answer by their deadline. */
  atLeastCount: number;
};

/** The values of one variant, by its key in `result.json`'s `variants`, in the order of the cells. */
export function cellValues(
  cells: readonly CellResult[],
  key: string,
  { metric, statistic }: Pick<ComparedFigure, 'metric' | 'statistic'>,
): CellValues {
  const found: CellValues = { values: [], unit: '', atLeastCount: 0 };
  for (const cell of cells) {
    const summary = cell.metrics[metric];
    if (summary === undefined || variantKey(cell) !== key) continue;
    found.unit = summary.unit;
    if (!('count' in summary)) {
      if (statistic === 'value') found.values.push(summary.value);
      continue;
    }
    const value = isLatencyStatistic(statistic) ? statisticValue(summary, statistic) : null;
    if (value === null) continue;
    found.values.push(value.ms);
    if (value.isAtLeast) found.atLeastCount += 1;
  }
  return found;
}

/** The middle that belongs to a ratio of geometric means; null without values or with one that has no logarithm. */
export function geometricMean({ values }: CellValues): number | null {
  if (values.length === 0) return null;
  if (values.every((value) => value === values[0])) return values[0] ?? null;
  return values.every((value) => value > 0) ? Math.exp(mean(values.map(Math.log))) : mean(values);
}
