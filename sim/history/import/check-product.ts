// Judges a row: a product that the shop's database takes, or everything that is wrong with it, each with its column.

import { type Amounts, type MarkEvidence, shown, textOf, wholeOf } from './check-cell.ts';
import type { Layout } from './columns.ts';
import type { Cell, ProductRow } from './product-row.ts';
import { readAmount, readWon } from './won.ts';

/** A product as the file gives it, checked. */
export type ImportedProduct = {
  line: number;
  /** Null: the row has none, and nothing tells the product from another. */
  key: string | null;
  /** The column that the key stands in. */
  keyColumn: string;
  name: string;
  category: string;
  description: string;
  tags: string[];
  priceKrw: number;
  listPriceKrw: number;
  stockCount: number;
  image: string;
  /** What the export does not say and was put instead. */
  assumed: ('stock' | 'category')[];
};

export type CheckedProduct =
  | { kind: 'product'; product: ImportedProduct }
  | { kind: 'rejected'; reasons: string[] };

const MOST_KRW = 2_000_000_000;
const MOST_STOCK = 1_000_000_000;
const MOST_TAGS = 100;
const LONGEST = { name: 200, category: 100, description: 10_000, tag: 100, image: 2_000, key: 100 };
/** What a product gets that WooCommerce calls in stock without counting it. */
export const UNCOUNTED_STOCK = 1_000;
/** WooCommerce's own name for products without a category. */
export const NO_CATEGORY = 'Uncategorized';

/** Checks one row; every reason names the column, the value found and the value needed. */
export function checkProduct(
  line: number,
  row: Extract<ProductRow, { kind: 'row' }>,
  evidence: MarkEvidence,
): CheckedProduct {
  const reasons: string[] = [];
  const { cell, layout } = row;
  const assumed: ImportedProduct['assumed'] = [];
  const amounts = { line, evidence, reasons };
  const priceKrw = wholeOf(
    cell('price_krw'),
    readWon,
    { least: 1, most: MOST_KRW, otherwise: null },
    amounts,
  );
  const product: ImportedProduct = {
    line,
    key: keyOf(cell('key'), reasons),
    keyColumn: cell('key').column,
    name: textOf(cell('name'), LONGEST.name, true, reasons),
    category: categoryOf(row, assumed, reasons),
    description: textOf(cell('description'), LONGEST.description, false, reasons),
    tags: tagsOf(cell('tags'), layout, reasons),
    priceKrw,
    listPriceKrw: listPriceOf(row, priceKrw, amounts),
    stockCount: stockOf(row, assumed, amounts),
    image: textOf(imageCell(cell('image'), layout), LONGEST.image, false, reasons),
    assumed,
  };
  return reasons.length > 0 ? { kind: 'rejected', reasons } : { kind: 'product', product };
}

function keyOf({ column, value }: Cell, reasons: string[]): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  return textOf({ column, value: text }, LONGEST.key, false, reasons) || null;
}

function categoryOf(
  { cell, layout }: Extract<ProductRow, { kind: 'row' }>,
  assumed: ImportedProduct['assumed'],
  reasons: string[],
): string {
  const { column, value } = cell('category');
  if (value === undefined && layout !== 'plain') {
    assumed.push('category');
    return NO_CATEGORY;
  }
  // WooCommerce lists all categories of a product; the first is its own here.
  const own = layout === 'woocommerce' && typeof value === 'string' ? firstOfList(value) : value;
  return textOf({ column, value: own }, LONGEST.category, true, reasons);
}

/** A price before the sale; in exports one that is not higher than the price is none. */
function listPriceOf(row: Extract<ProductRow, { kind: 'row' }>, priceKrw: number, amounts: Amounts): number {
  const isExport = row.layout !== 'plain';
  const range = { least: isExport ? 0 : priceKrw, most: MOST_KRW, otherwise: priceKrw };
  return Math.max(priceKrw, wholeOf(row.cell('list_price_krw'), readWon, range, amounts));
}

function stockOf(
  { cell, isInStock }: Extract<ProductRow, { kind: 'row' }>,
  assumed: ImportedProduct['assumed'],
  amounts: Amounts,
): number {
  const stock = cell('stock_count');
  if (stock.value === undefined && isInStock) {
    assumed.push('stock');
    return UNCOUNTED_STOCK;
  }
  return wholeOf(stock, readAmount, { least: 0, most: MOST_STOCK, otherwise: 0 }, amounts);
}

/** A list of texts; in CSV one text with `|` between them, in exports commas. */
function tagsOf({ column, value }: Cell, layout: Layout, reasons: string[]): string[] {
  const separator = layout === 'plain' || (typeof value === 'string' && value.includes('|')) ? '|' : ',';
  const list: unknown = typeof value === 'string' ? value.split(separator) : (value ?? []);
  if (!Array.isArray(list)) {
    reasons.push(`${column} is ${shown(value)}; needed is a list of texts`);
    return [];
  }
  if (list.length > MOST_TAGS) {
    reasons.push(`${column} has ${list.length} tags; needed are at most ${MOST_TAGS}`);
    return [];
  }
  const tags = list.map((tag: unknown) => textOf({ column, value: tag }, LONGEST.tag, false, reasons));
  return [...new Set(tags.filter((tag) => tag !== ''))];
}

function imageCell(cell: Cell, layout: Layout): Cell {
  const isList = layout === 'woocommerce' && typeof cell.value === 'string';
  return isList ? { ...cell, value: firstOfList(String(cell.value)) } : cell;
}

/** The first of a list with commas; `\,` is a comma of its own. */
function firstOfList(text: string): string {
  return (/^(?:\\,|[^,])*/.exec(text)?.[0] ?? '').replaceAll('\\,', ',');
}
