// The metrics of one or more cells of a variant: what they recorded, and what the rehearsal tells of them.
import { plainValue } from '../../reports/metrics/find-metric.ts';
import { pageMetrics } from '../../reports/record/page-views.ts';
import { readSeries } from '../../reports/record/read-cell.ts';
import { readPageViews } from '../../reports/record/read-page-views.ts';
import type { Metrics } from '../../reports/record/result.ts';
import { NOT_THE_SHOP, rowCount, type SeriesRow } from '../../reports/record/series.ts';
import { summariseCells } from '../../reports/record/summarise-cell.ts';
import { actMetrics } from '../cell/act-fates.ts';
import type { CellOutcome } from '../cell/cell.ts';
import { fateMetrics } from '../cell/order-fates.ts';
import { memoryGrowthMb } from './memory-growth.ts';

/**
 * What was recorded, with what the generator knows by itself, and the CPU that an order cost: of the whole shop with its
 * services, and of the database alone.
 */
export function metricsOf(
  directories: string[],
  durationSeconds: number,
  outcomes: readonly Pick<CellOutcome, 'summary' | 'orders' | 'acts' | 'recoverySeconds'>[],
  /** How often the shop works lists out; null where each act does, or nothing. */
  cycleMs: number | null = null,
): Metrics {
  const metrics = summariseCells(directories, durationSeconds);
  const sum = (read: (summary: CellOutcome['summary']) => number) =>
    outcomes.reduce((total, { summary }) => total + read(summary), 0);
  const plannedCount = sum((summary) => summary.plannedCount);
  if (plannedCount > 0) {
    const value = sum((summary) => summary.noFreePersonCount) / plannedCount;
    Object.assign(metrics, plainValue('sessions.noFreePersonRatio', value));
  }
  const recoveries = outcomes.flatMap(({ recoverySeconds }) => recoverySeconds ?? []);
  if (recoveries.length > 0)
    Object.assign(metrics, plainValue('fault.recoverySeconds', Math.max(...recoveries)));
  const fates = fateMetrics(outcomes.map(({ orders }) => orders));
  const acts = actMetrics(
    outcomes.map((outcome) => outcome.acts),
    cycleMs,
    metrics,
  );
  const rows = directories.map((directory) =>
    readSeries(directory).filter(({ second }) => second >= 0 && second < durationSeconds),
  );
  const pages = pageMetrics(readPageViews(directories, durationSeconds));
  return { ...metrics, ...fates, ...acts, ...pages, ...cpuPerOrder(rows.flat()), ...memoryGrowth(rows) };
}

/** Whether it tells of any process of the shop or its services. */
function isOfShop(byProcess: Readonly<Record<string, number>>): boolean {
  return Object.keys(byProcess).some((name) => !NOT_THE_SHOP.has(name));
}

function cpuPerOrder(rows: readonly SeriesRow[]): Metrics {
  const orders = rows.reduce((sum, row) => sum + rowCount(row, 'ordersConfirmed'), 0);
  // Of a shop whose processes are not seen nobody knows what they cost.
  if (orders === 0 || !rows.some(({ cpuRatios }) => isOfShop(cpuRatios))) return {};
  const cpuMs = (include: (name: string) => boolean): number =>
    rows.reduce((sum, row) => {
      for (const [name, ratio] of Object.entries(row.cpuRatios)) if (include(name)) sum += ratio * 1_000;
      return sum;
    }, 0);
  return {
    ...plainValue('cpu.perOrderMs', cpuMs((name) => !NOT_THE_SHOP.has(name)) / orders),
    ...plainValue('database.cpuPerOrderMs', cpuMs((name) => name === 'postgres') / orders),
  };
}

/** By how much those grew who work through the run; of several single runs the largest growth. */
function memoryGrowth(cells: readonly (readonly SeriesRow[])[]): Metrics {
  const grown = cells.flatMap((rows) => memoryGrowthMb(rows.map(({ memoryBytes }) => memoryBytes)) ?? []);
  if (grown.length === 0) return {};
  const largest = (who: 'shop' | 'generator' | 'rehearsal') =>
    plainValue(`memory.${who}GrowthMb`, Math.max(...grown.map((growth) => growth[who])));
  const isSeen = cells.some((rows) => rows.some(({ memoryBytes }) => isOfShop(memoryBytes)));
  return { ...(isSeen ? largest('shop') : {}), ...largest('generator'), ...largest('rehearsal') };
}
