// One row of a file as a product's parts, and how the exports of Shopify and WooCommerce spread a product over several rows.
import type { Columns, ImportColumn } from './columns.ts';

export type Part = keyof Columns['at'];

/** A part as the row has it: the column's name in the file, and its value; undefined when it is empty or absent. */
export type Cell = { column: string; value: unknown };

/** The row as one product; or why it is none, which is no mistake. */
export type ProductRow =
  | { kind: 'row'; cell(part: ImportColumn): Cell; layout: Columns['layout']; isInStock: boolean }
  | {
      kind: 'no product';
      why: 'blank' | 'picture of a product above' | 'product whose variants stand in rows of their own';
    };

export type RowReader = (columns: Columns, values: readonly unknown[]) => ProductRow;

/** What variants have from their product. */
const SHARED = ['name', 'category', 'description', 'tags', 'image'] as const;
type Shared = Partial<Record<ImportColumn, Cell>>;
/** Products with variants that are remembered until their variants come; in exports these follow at once. */
const MOST_REMEMBERED = 10_000;

/** Reads rows in the order of the file: rows of variants are completed from those above. */
export function createRowReader(): RowReader {
  let shopify: { handle: string; shared: Shared } | null = null;
  const parents = new Map<string, Shared>();

  const readShopify = (row: Row): ProductRow => {
    const handle = row.text('handle');
    const isFirst = row.text('name') !== '';
    if (!isFirst && row.text('price_krw') === '' && row.text('key') === '') {
      return { kind: 'no product', why: 'picture of a product above' };
    }
    if (isFirst) shopify = { handle, shared: row.shared() };
    const from: Shared = !isFirst && handle !== '' && shopify?.handle === handle ? shopify.shared : {};
    const options = row.all('option').filter((option) => option !== '' && option !== 'Default Title');
    const cell = (part: ImportColumn): Cell => {
      const own = row.cell(part);
      const found = own.value === undefined ? (from[part] ?? own) : own;
      const isNamed = part === 'name' && typeof found.value === 'string' && options.length > 0;
      return isNamed ? { ...found, value: `${found.value} (${options.join(' / ')})` } : found;
    };
    return { kind: 'row', cell, layout: 'shopify', isInStock: false };
  };

  const readWooCommerce = (row: Row): ProductRow => {
    const type = row.text('rowType').split(',')[0]?.trim().toLowerCase();
    const id = row.text('id') === '' ? '' : `id:${row.text('id')}`;
    if (type === 'variable' || type === 'grouped') {
      if (parents.size >= MOST_REMEMBERED) parents.clear();
      for (const name of [row.text('key'), id]) if (name !== '') parents.set(name, row.shared());
      return { kind: 'no product', why: 'product whose variants stand in rows of their own' };
    }
    const from = type === 'variation' ? (parents.get(row.text('parent')) ?? {}) : {};
    const cell = (part: ImportColumn): Cell => {
      const own = row.cell(part);
      if (own.value !== undefined) return own;
      if (part === 'key' && id !== '') return { column: row.cell('id').column, value: id };
      return from[part] ?? own;
    };
    const isInStock = !['', '0', 'no', 'false', 'outofstock'].includes(row.text('inStock').toLowerCase());
    return { kind: 'row', cell, layout: 'woocommerce', isInStock };
  };

  return (columns, values) => {
    if (values.every(isBlank)) return { kind: 'no product', why: 'blank' };
    const row = rowOf(columns, values);
    if (columns.layout === 'shopify') return readShopify(row);
    if (columns.layout === 'woocommerce') return readWooCommerce(row);
    return { kind: 'row', cell: row.cell, layout: 'plain', isInStock: false };
  };
}

type Row = {
  cell(part: Part): Cell;
  text(part: Part): string;
  all(part: Part): string[];
  shared(): Shared;
};

function rowOf({ names, at }: Columns, values: readonly unknown[]): Row {
  const cell = (part: Part): Cell => {
    const places = at[part] ?? [];
    const place = places.find((index) => !isBlank(values[index])) ?? places[0];
    if (place === undefined) return { column: part, value: undefined };
    const value = values[place];
    return { column: names[place] ?? part, value: isBlank(value) ? undefined : value };
  };
  const text = (value: unknown): string =>
    typeof value === 'string' || typeof value === 'number' ? trimBlank(String(value)) : '';
  return {
    cell,
    text: (part) => text(cell(part).value),
    all: (part) => (at[part] ?? []).map((index) => text(values[index])),
    shared: () => Object.fromEntries(SHARED.map((part) => [part, cell(part)])),
  };
}

export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && trimBlank(value) === '');
}

const BLANKS = ' \t\r\n\v\f\u00A0\u3000\uFEFF';

/** Without blanks at its ends; U+2028 and U+2029 are text and stay. */
export function trimBlank(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && BLANKS.includes(text.charAt(start))) start += 1;
  while (end > start && BLANKS.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
