// Reads a whole file and says what an import of it would bring: what is accepted, what is refused and why, what is passed over.
import type { ImportedProduct } from './check-product.ts';
import {
  ImportFileError,
  type NoProductReason,
  type ProductFile,
  type ReadProduct,
  type RejectedLine,
} from './read-products.ts';

/** A row whose product a later row of the same key replaces. */
export type ReplacedLine = { line: number; byLine: number; key: string };

export type ImportReport = {
  /** How the file was read. */
  said: string;
  acceptedCount: number;
  rejectedCount: number;
  /** The first ones. */
  rejected: RejectedLine[];
  replacedCount: number;
  /** The first ones. */
  replaced: ReplacedLine[];
  newCategories: string[];
  /** Columns or keys of the file that were not read; the first ones. */
  unknownColumns: string[];
  noProductCounts: Partial<Record<NoProductReason, number>>;
  assumedCounts: Record<ImportedProduct['assumed'][number], number>;
  /** Rows with a cell that perhaps swallowed others. */
  longCells: { line: number; lastLine: number }[];
  /** New products. */
  importedCount: number;
  /** Products that were there and are now as the file says. */
  updatedCount: number;
};

/** Key → the line that counts: the last one with `update`, else the first. */
export type KeyLines = ReadonlyMap<string, number>;

export const MOST_LISTED = 50;
/** Keys are held in memory while a file is read. */
const MOST_PRODUCTS = 2_000_000;

/** Reads the file once, or twice when commas and points turn out to be used in two ways. */
export async function readReport(
  file: ProductFile,
  isUpdate: boolean,
): Promise<{ report: ImportReport; keyLines: KeyLines }> {
  const first = await readOnce(file, isUpdate);
  const { ambiguous, decimalLines } = file.evidence;
  const isMixed = [...ambiguous].some((name) => decimalLines.has(name));
  return isMixed ? readOnce(file, isUpdate) : first;
}

async function readOnce(file: ProductFile, isUpdate: boolean) {
  const report = emptyReport(file.said);
  const keyLines = new Map<string, number>();
  const categories = new Set<string>();
  const unknown = new Set<string>();
  for await (const read of file.products()) {
    if (read.kind === 'product') {
      if (!takeKey(read.product, keyLines, isUpdate, report)) continue;
      report.acceptedCount += 1;
      for (const assumed of read.product.assumed) report.assumedCounts[assumed] += 1;
      categories.add(read.product.category);
      if (report.acceptedCount > MOST_PRODUCTS) {
        throw new ImportFileError(
          `line ${read.product.line}: found more than ${MOST_PRODUCTS} products; needed are fewer in one file.`,
        );
      }
    } else note(read, report, unknown);
  }
  report.newCategories = [...categories];
  report.unknownColumns = [...unknown];
  return { report, keyLines };
}

function note(
  read: Exclude<ReadProduct, { kind: 'product' }>,
  report: ImportReport,
  unknown: Set<string>,
): void {
  switch (read.kind) {
    case 'rejected':
      reject(report, read.rejected);
      return;
    case 'left-out':
      for (const name of read.names) if (unknown.size < MOST_LISTED) unknown.add(name);
      return;
    case 'no-product':
      report.noProductCounts[read.why] = (report.noProductCounts[read.why] ?? 0) + 1;
      return;
    case 'long-cell':
      if (report.longCells.length < MOST_LISTED)
        report.longCells.push({ line: read.line, lastLine: read.lastLine });
  }
}

export function reject(report: ImportReport, rejected: RejectedLine): void {
  report.rejectedCount += 1;
  if (report.rejected.length < MOST_LISTED) report.rejected.push(rejected);
}

/** Whether the product counts as accepted; a key that was there already rejects it, or with `isUpdate` replaces the earlier. */
function takeKey(
  { key, keyColumn, line }: ImportedProduct,
  keyLines: Map<string, number>,
  isUpdate: boolean,
  report: ImportReport,
): boolean {
  if (key === null) return true;
  const earlier = keyLines.get(key);
  if (earlier === undefined || isUpdate) keyLines.set(key, line);
  if (earlier === undefined) return true;
  if (isUpdate) {
    report.replacedCount += 1;
    if (report.replaced.length < MOST_LISTED) report.replaced.push({ line: earlier, byLine: line, key });
    return true;
  }
  const reason = `${keyColumn} is ${JSON.stringify(key)}, as on line ${earlier}; needed is each once (--update keeps the last)`;
  reject(report, { line, reasons: [reason] });
  return false;
}

function emptyReport(said: string): ImportReport {
  return {
    said,
    acceptedCount: 0,
    rejectedCount: 0,
    rejected: [],
    replacedCount: 0,
    replaced: [],
    newCategories: [],
    unknownColumns: [],
    noProductCounts: {},
    assumedCounts: { stock: 0, category: 0 },
    longCells: [],
    importedCount: 0,
    updatedCount: 0,
  };
}
