// A plain value as a tile and the page's live elements write it.
import { formatNumber, formatQuantity } from '../format/format.ts';
import type { Metric } from './metric.ts';

/** Counts and rates are whole numbers under a label that says of what; the rest says its unit. */
export function valueText({ kind, unit }: Pick<Metric, 'kind' | 'unit'>, value: number): string {
  return kind === 'count' || kind === 'rate' ? formatNumber(Math.round(value)) : formatQuantity(value, unit);
}
