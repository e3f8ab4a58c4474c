// Small charts beside the effects: the compared metric block by block, a line for each variant, so that drift, noise
// and a block that went astray can be seen.
import { cellValues } from '../../compare/cell-values.ts';
import { variantKey } from '../../record/names.ts';
import type { CellResult, RunResult } from '../../record/result.ts';
import { statisticLabel } from '../../words/metric-names.ts';
import type { BlockChart } from './page-data.ts';

const MAX_CHARTS = 8;

/** One for each primary metric and level that ran in at least two blocks, in the order of the comparisons. */
export function blockCharts(result: RunResult): BlockChart[] {
  if (result.verdict === 'AUDIT_FAILED') return [];
  const charts = new Map<string, BlockChart>();
  for (const { metric, statistic, level, role } of result.comparisons) {
    const id = JSON.stringify([metric, statistic, level]);
    if (role !== 'primary' || charts.has(id) || charts.size >= MAX_CHARTS) continue;
    const cells = result.cells.filter((cell) => cell.level === level);
    const lines = linesOf(cells, metric, statistic);
    if (!lines.some(({ blocks }) => blocks.length > 1)) continue;
    const place = level === null ? '' : ` at ${level}`;
    const unit = cells.map((cell) => cell.metrics[metric]?.unit).find((found) => found !== undefined) ?? '';
    charts.set(id, {
      id: `${charts.size}`,
      title: `${statisticLabel(metric, statistic)}${place}`,
      unit,
      lines,
    });
  }
  return [...charts.values()];
}

function linesOf(cells: CellResult[], metric: string, statistic: string): BlockChart['lines'] {
  const names = [...new Set(cells.map((cell) => cell.variant))];
  return names.map((label) => {
    const own = cells.filter((cell) => cell.variant === label).sort((a, b) => a.block - b.block);
    return {
      label,
      blocks: own.map((cell) => cell.block + 1),
      values: own.map((cell) => valueIn(cell, metric, statistic)),
    };
  });
}

/** A gap where the statistic would rest on too few samples. */
function valueIn(cell: CellResult, metric: string, statistic: string): number | null {
  return cellValues([cell], variantKey(cell), { metric, statistic }).values[0] ?? null;
}
