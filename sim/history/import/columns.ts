// Which column of a file holds what: by our own names, by those that Shopify's and WooCommerce's exports use, or as --map says.
import { closestMatch } from 'leven';
import { ImportFileError } from './import-file-error.ts';

/** What a product is made of; the first three must be there. `key` tells products apart, as a SKU does. */
export const IMPORT_COLUMNS = [
  'name',
  'category',
  'price_krw',
  'list_price_krw',
  'stock_count',
  'description',
  'tags',
  'image',
  'key',
] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];
export const NEEDED_COLUMNS: readonly ImportColumn[] = IMPORT_COLUMNS.slice(0, 3);

/** What else the exports of shop systems tell: variants, and whether something is in stock that nobody counts. */
const HELPERS = ['handle', 'option', 'rowType', 'parent', 'id', 'inStock'] as const;
type Part = ImportColumn | (typeof HELPERS)[number];

export type Layout = 'plain' | 'shopify' | 'woocommerce';

/** Names of each part in the order in which they count: the first that is not empty in a row. */
type Names = Partial<Record<Part, readonly string[]>>;

const OWN_NAMES: Names = {
  name: ['name', 'title', 'product name'],
  category: ['category', 'categories', 'product category', 'product type'],
  price_krw: ['price krw', 'sale price', 'price', 'regular price'],
  list_price_krw: ['list price krw', 'list price', 'compare at price', 'regular price'],
  stock_count: ['stock count', 'stock', 'inventory quantity'],
  description: ['description', 'short description'],
  tags: ['tags'],
  image: ['image', 'images', 'image url'],
  key: ['key', 'sku'],
};

const NAMES: Record<Layout, Names> = {
  plain: OWN_NAMES,
  shopify: {
    ...OWN_NAMES,
    category: ['category', 'type', 'product category', 'custom product type'],
    price_krw: ['price krw', 'variant price', 'price'],
    list_price_krw: ['list price krw', 'variant compare at price', 'compare at price'],
    stock_count: ['stock count', 'variant inventory qty', 'inventory quantity'],
    description: ['description', 'body (html)'],
    image: ['image', 'image src', 'product image url'],
    key: ['key', 'variant sku', 'sku'],
    handle: ['handle', 'url handle'],
    option: ['option1 value', 'option2 value', 'option3 value'],
  },
  woocommerce: {
    ...OWN_NAMES,
    rowType: ['type'],
    parent: ['parent'],
    id: ['id'],
    inStock: ['in stock?'],
  },
};

/** Column of the file, as it is written there and compared → what it holds. */
export type ColumnMap = ReadonlyMap<string, ImportColumn>;

export type Columns = {
  layout: Layout;
  names: readonly string[];
  /** Where each part is found, the first that counts first. */
  at: Partial<Record<Part, readonly number[]>>;
  /** Names that are not read. */
  leftOut: string[];
};

/** Finds out what the columns hold; never fails, `mistakeIn` judges it. */
export function columnsOf(names: readonly string[], map: ColumnMap): Columns {
  const plain = names.map(plainName);
  const layout = layoutOf(plain);
  const at: Columns['at'] = {};
  for (const part of [...IMPORT_COLUMNS, ...HELPERS]) {
    const mapped = plain.flatMap((name, index) => (map.get(name) === part ? [index] : []));
    const known = (NAMES[layout][part] ?? []).flatMap((name) =>
      plain.flatMap((found, index) => (found === name && !map.has(found) ? [index] : [])),
    );
    const found = mapped.length > 0 ? mapped : known;
    if (found.length > 0) at[part] = found;
  }
  const read = new Set(Object.values(at).flat());
  const leftOut = names.filter((name, index) => name.trim() !== '' && !read.has(index));
  return { layout, names, at, leftOut };
}

/** Whether a name says something to anybody, whatever the others are. */
export function isKnownName(map: ColumnMap): (name: string) => boolean {
  const all = new Set(Object.values(NAMES).flatMap((names) => Object.values(names).flat()));
  return (name) => map.has(plainName(name)) || all.has(plainName(name));
}

/** What is wrong with a header line as a whole; null: nothing. */
export function mistakeIn({ names, at }: Columns, map: ColumnMap): string | null {
  const found = names.join(', ');
  const absent = [...map.keys()].filter((name) => !names.some((one) => plainName(one) === name));
  if (absent.length > 0) {
    return `--map names ${absent.join(', ')}; found ${found}. Needed are columns that the file has.`;
  }
  const missing = NEEDED_COLUMNS.filter((column) => at[column] === undefined);
  if (missing.length > 0) {
    return `the header lacks ${missing.join(', ')}; found ${found}. Needed is a line like ${NEEDED_COLUMNS.join(',')}; --map COLUMN=${missing[0]} says which one it is.`;
  }
  const read = Object.values(at).flatMap((places) => places.map((index) => plainName(names[index] ?? '')));
  const twice = read.filter((name, index) => read.indexOf(name) !== index && namesTwice(names, name));
  return twice.length === 0 ? null : `the header has ${twice[0]} twice; needed is each column once.`;
}

/**
 * Reads `price=price_krw,stock=stock_count` as --map gives it.
 * @throws ImportFileError when it is none, with the nearest name that is known
 */
export function readColumnMap(texts: readonly string[]): ColumnMap {
  const map = new Map<string, ImportColumn>();
  for (const text of texts.flatMap((one) => one.split(','))) {
    const cut = text.lastIndexOf('=');
    const name = plainName(text.slice(0, Math.max(cut, 0)));
    const wanted = text.slice(cut + 1).trim();
    const target = IMPORT_COLUMNS.find((column) => column === wanted.toLowerCase());
    if (cut === -1 || name === '') {
      throw new ImportFileError(`--map has "${text}"; needed is COLUMN=NAME, like price=price_krw.`);
    }
    if (target === undefined) {
      throw new ImportFileError(
        `--map gives ${name} the name ${wanted}; needed is one of ${IMPORT_COLUMNS.join(', ')}. Nearest: ${closestMatch(wanted, IMPORT_COLUMNS) ?? IMPORT_COLUMNS[0]}.`,
      );
    }
    if ([...map.values()].includes(target) || map.has(name)) {
      throw new ImportFileError(`--map has ${map.has(name) ? name : target} twice; needed is each once.`);
    }
    map.set(name, target);
  }
  return map;
}

/** Names are the same whatever their case and whatever stands between their words. */
function plainName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[_\s-]+/g, ' ');
}

function layoutOf(names: readonly string[]): Layout {
  const has = (name: string): boolean => names.includes(name);
  if ((has('handle') || has('url handle')) && has('title')) return 'shopify';
  return has('regular price') && (has('in stock?') || has('sale price')) ? 'woocommerce' : 'plain';
}

function namesTwice(names: readonly string[], name: string): boolean {
  return names.filter((one) => plainName(one) === name).length > 1;
}
