// What `npm run import` says: how the file was read, every rejected line, what was passed over, and the counts.
import { formatNumber } from '../../reports/format/format.ts';
import { NO_CATEGORY, UNCOUNTED_STOCK } from '../../sim/history/import/check-product.ts';
import { IMPORT_COLUMNS } from '../../sim/history/import/columns.ts';
import type { ImportReport } from '../../sim/history/import/import-products.ts';

const MOST_NAMES = 20;

/** All lines but the last. */
export function importNotes(report: ImportReport, file: string): string[] {
  return [
    `${file}: ${report.said}`,
    ...report.rejected.map(({ line, reasons }) => `  ${file} line ${line}: ${reasons.join('; ')}`),
    ...more(report.rejectedCount - report.rejected.length),
    ...report.replaced.map(
      ({ line, byLine, key }) =>
        `  ${file} line ${line}: replaced by line ${byLine} (key ${JSON.stringify(key)})`,
    ),
    ...more(report.replacedCount - report.replaced.length),
    ...report.longCells.map(
      ({ line, lastLine }) =>
        `  ${file} lines ${line} to ${lastLine} are one row, with a line in a cell that looks like a row: is its quote closed where it should be?`,
    ),
    ...columnsNotRead(report),
    ...Object.entries(report.noProductCounts).map(
      ([why, count]) => `  ${formatNumber(count)} ${count === 1 ? 'row' : 'rows'} passed over: ${why}`,
    ),
    ...assumptions(report),
  ];
}

/** The counts, in one line. */
export function conclusion(report: ImportReport): string {
  const { acceptedCount, rejectedCount, importedCount, updatedCount, newCategories } = report;
  const updated = updatedCount === 0 ? '' : `, ${formatNumber(updatedCount)} replaced`;
  const categories = newCategories.length === 0 ? '' : `; new categories: ${names(newCategories)}`;
  return `${formatNumber(acceptedCount)} accepted, ${formatNumber(rejectedCount)} rejected; ${formatNumber(importedCount)} imported${updated}${categories}`;
}

function columnsNotRead({ unknownColumns }: ImportReport): string[] {
  if (unknownColumns.length === 0) return [];
  return [
    `  not read: ${names(unknownColumns)} (known are ${IMPORT_COLUMNS.join(', ')}; --map says otherwise)`,
  ];
}

function assumptions({ assumedCounts: { stock, category } }: ImportReport): string[] {
  return [
    ...(stock === 0
      ? []
      : [`  ${formatNumber(stock)} in stock without a count: ${formatNumber(UNCOUNTED_STOCK)} pieces each`]),
    ...(category === 0 ? [] : [`  ${formatNumber(category)} without a category: put into ${NO_CATEGORY}`]),
  ];
}

function more(count: number): string[] {
  return count > 0 ? [`  … and ${formatNumber(count)} more`] : [];
}

function names(all: readonly string[]): string {
  const rest = all.length - MOST_NAMES;
  return `${all.slice(0, MOST_NAMES).join(', ')}${rest > 0 ? ` and ${formatNumber(rest)} more` : ''}`;
}
