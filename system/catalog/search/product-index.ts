// What OpenSearch knows of the products, kept as PostgreSQL has them: made anew where there is no index, and brought up to date with
// whatever has changed since, however it was changed.
import type { OpenSearch } from '../../platform/opensearch/opensearch.ts';
import type { Queryable } from '../../platform/postgres/postgres.ts';

const PRODUCTS_AT_ONCE = 1_000;
/** A version that is there already is newer. */
const OVERTAKEN = 409;
const NOT_THERE = 404;
const LONGEST_BEGINNING = 20;

const template = (index: string) => ({
  index_patterns: [index],
  template: {
    settings: {
      number_of_shards: 1,
      number_of_replicas: 0,
      refresh_interval: '500ms',
      analysis: {
        // From three letters on, because that is what one of four is when one is missing.
        filter: {
          beginnings: {
            type: 'edge_ngram',
            min_gram: 3,
            max_gram: LONGEST_BEGINNING,
            preserve_original: true,
          },
        },
        analyzer: { beginnings: { type: 'custom', tokenizer: 'keyword', filter: ['beginnings'] } },
      },
    },
    mappings: {
      dynamic: 'strict',
      properties: {
        id: { type: 'integer' },
        words: { type: 'keyword' },
        beginnings: { type: 'text', analyzer: 'beginnings', index_options: 'docs', norms: false },
        categoryId: { type: 'integer' },
        priceKrw: { type: 'integer' },
        popularity: { type: 'integer' },
        registeredAt: { type: 'date' },
      },
    },
  },
});

type Row = {
  id: number;
  words: string[];
  categoryId: number;
  priceKrw: number;
  popularity: number;
  registeredAt: Date;
  isDeleted: boolean;
  changedIn: string;
};

const COLUMNS = `
  id, tsvector_to_array(words) AS words, category_id AS "categoryId", price_krw AS "priceKrw", popularity,
  registered_at AS "registeredAt", deleted_at IS NOT NULL AS "isDeleted", changed_in::text AS "changedIn"`;

/** A load has thousands in one transaction, so the place among the changes is the transaction and the product. */
const CHANGED = `
  SELECT ${COLUMNS} FROM products
   WHERE (changed_in, id) > ($1::xid8, $2) AND changed_in < $3::xid8
   ORDER BY changed_in, id LIMIT ${PRODUCTS_AT_ONCE}`;
const SOME = `SELECT ${COLUMNS} FROM products WHERE id = ANY ($1)`;

export type ProductIndex = {
  name: string;
  /** Brings the index up to date with all that is committed; gives how many products it took. */
  update(): Promise<number>;
  /** Brings up to date what orders have changed: the places by popularity. */
  updatePopularity(): Promise<number>;
  /** Whether all products are in it, as far as this process knows. */
  isWhole(): boolean;
};

/** @param prefix of the index's name. */
export function createProductIndex(deps: {
  openSearch: OpenSearch;
  database: Queryable;
  prefix: string;
}): ProductIndex {
  const { openSearch, database } = deps;
  const name = `${deps.prefix}products`;
  let whole = false;
  /** What the index was last told, by product. */
  const popularities = new Map<number, number>();

  async function put(rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return;
    const { items } = await openSearch.request<{
      items: Record<string, { status: number; error?: unknown }>[];
    }>(
      'POST',
      '/_bulk?filter_path=items.*.status,items.*.error.reason',
      rows.flatMap((row) => linesOf(name, row)),
    );
    const failed = items
      .flatMap(Object.values)
      .find(({ status }) => status >= 300 && ![OVERTAKEN, NOT_THERE].includes(status));
    if (failed !== undefined)
      throw new Error(`A product was not put into index ${name}: ${JSON.stringify(failed)}.`);
    for (const { id, popularity } of rows) popularities.set(id, popularity);
  }

  /** Takes what was changed from `from` to before `to`. */
  async function take(from: string, to: string): Promise<number> {
    let takenCount = 0;
    let place: [string, number] = [from, -1];
    for (;;) {
      const { rows } = await database.query<Row>(CHANGED, [...place, to]);
      await put(rows);
      takenCount += rows.length;
      const last = rows.at(-1);
      if (last === undefined || rows.length < PRODUCTS_AT_ONCE) return takenCount;
      place = [last.changedIn, last.id];
    }
  }

  return {
    name,
    isWhole: () => whole,
    async update() {
      const upTo = await upToOf(openSearch, name);
      if (upTo === null) {
        whole = false;
        await makeIndex(openSearch, name);
      }
      const { rows } = await database.query<{ now: string }>(
        'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS now',
      );
      const now = rows[0]?.now ?? '0';
      const takenCount = await take(upTo ?? '0', now);
      // Found from now on, and not before.
      if (upTo === null || !whole) await openSearch.request('POST', `/${name}/_refresh`);
      if (upTo === null || takenCount > 0)
        await openSearch.request('PUT', `/${name}/_mapping`, { _meta: { upTo: now } });
      whole = true;
      return takenCount;
    },
    async updatePopularity() {
      const { rows } = await database.query<{ id: number; popularity: number }>(
        'SELECT id, popularity FROM products WHERE deleted_at IS NULL',
      );
      const moved = rows.filter(({ id, popularity }) => popularities.get(id) !== popularity);
      for (let start = 0; start < moved.length; start += PRODUCTS_AT_ONCE) {
        const ids = moved.slice(start, start + PRODUCTS_AT_ONCE).map(({ id }) => id);
        await put((await database.query<Row>(SOME, [ids])).rows);
      }
      return moved.length;
    },
  };
}

/** The transaction up to which the index has everything; null: there is no index, or none that was ever filled. */
async function upToOf(openSearch: OpenSearch, name: string): Promise<string | null> {
  try {
    const answer = await openSearch.request<Record<string, { mappings: { _meta?: { upTo?: string } } }>>(
      'GET',
      `/${name}/_mapping`,
    );
    return answer[name]?.mappings._meta?.upTo ?? null;
  } catch (error) {
    if (error instanceof Error && error.message.includes('index_not_found_exception')) return null;
    throw error;
  }
}

async function makeIndex(openSearch: OpenSearch, name: string): Promise<void> {
  await openSearch.request('PUT', `/_index_template/${name}`, template(name));
  try {
    await openSearch.request('PUT', `/${name}`);
  } catch (error) {
    // Another process was quicker, or was ended before it was full.
    if (!(error instanceof Error && error.message.includes('resource_already_exists_exception'))) throw error;
  }
}

/** The transaction is the version, so that of two processes the slower one does not put back what was. */
function linesOf(index: string, { isDeleted, changedIn, ...product }: Row): object[] {
  const at = {
    _index: index,
    _id: String(product.id),
    version: Number(changedIn),
    version_type: 'external_gte',
  };
  if (isDeleted) return [{ delete: at }];
  return [{ index: at }, { ...product, beginnings: product.words.map((word) => word.normalize('NFD')) }];
}
