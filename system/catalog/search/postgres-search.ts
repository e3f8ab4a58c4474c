// Product search in PostgreSQL: by the index of the products' words; what was mistyped becomes the words near it that products
// have (migration 015).
import type { ProductSummary } from '../../contract/catalog.ts';
import type { Queryable } from '../../platform/postgres/postgres.ts';
import { IN_STOCK_CONDITION, ORDER_BY, priceCondition, SUMMARY_COLUMNS } from '../columns.ts';
import { allowedErrors, lettersOf, type NearWord, nearWords } from './near-words.ts';
import type { SearchProducts, SearchRequest } from './search-products.ts';
import { wordsQuery } from './words-query.ts';

/** Words that one mistyped word may stand for. */
const NEAR_WORDS_AT_MOST = 20;
const MOST_ERRORS = 2;

export function createPostgresSearch(database: Queryable): SearchProducts {
  return async (request) => {
    const { page, pageSize } = request;
    const items: ProductSummary[] = [];
    let skipCount = (page - 1) * pageSize;
    let before: string | null = null;
    for await (const query of queriesOf(database, request.words)) {
      const tier: Tier = { request, query, before };
      // One more than the page shows whether there is a next one.
      const { text, values } = tierStatement(tier, { limit: pageSize + 1 - items.length, offset: skipCount });
      const { rows } = await database.query<ProductSummary>(text, values);
      items.push(...rows);
      if (items.length > pageSize) break;
      skipCount = rows.length > 0 || skipCount === 0 ? 0 : skipCount - (await countOf(database, tier));
      before = query;
    }
    return { items: items.slice(0, pageSize), page, pageSize, hasNext: items.length > pageSize };
  };
}

/** From what is meant exactly to what is meant with two errors; each query holds the one before. */
async function* queriesOf(database: Queryable, words: readonly string[]): AsyncGenerator<string> {
  yield wordsQuery(words, new Map());
  const mistyped = words.filter((word) => allowedErrors(lettersOf(word)) > 0);
  if (mistyped.length === 0) return;
  const near = await nearIn(database, mistyped);
  let last = '';
  for (let errors = 1; errors <= MOST_ERRORS; errors += 1) {
    const within = new Map(
      [...near].map(([word, found]) => [
        word,
        found.filter((one) => one.errors <= errors).map((one) => one.word),
      ]),
    );
    const query = wordsQuery(words, within);
    if (query !== last) yield query;
    last = query;
  }
}

async function nearIn(database: Queryable, words: readonly string[]): Promise<Map<string, NearWord[]>> {
  const { rows } = await database.query<{ typed: string; words: string[] }>({
    name: 'catalog-words-near',
    text: `SELECT typed, ARRAY(SELECT product_words_near(typed, errors)) AS words
             FROM unnest($1::text[], $2::int[]) AS asked (typed, errors)`,
    values: [words, words.map((word) => allowedErrors(lettersOf(word)))],
  });
  return new Map(rows.map(({ typed, words: known }) => [typed, nearWords(typed, known, NEAR_WORDS_AT_MOST)]));
}

/** Products that a query finds and the one before it does not. */
type Tier = { request: SearchRequest; query: string; before: string | null };

function tierConditions(
  { request: { categoryId, price, inStock }, query, before }: Tier,
  values: (number | string)[],
): string {
  const conditions = ['deleted_at IS NULL', `words @@ lower($${values.push(query)})::tsquery`];
  if (before !== null) conditions.push(`NOT words @@ lower($${values.push(before)})::tsquery`);
  if (categoryId !== null) conditions.push(`category_id = $${values.push(categoryId)}`);
  if (price) conditions.push(priceCondition(price, values));
  if (inStock) conditions.push(IN_STOCK_CONDITION);
  return conditions.join(' AND ');
}

/** Without a name: how best to find its words depends on the words, so each is planned for itself. */
export function tierStatement(tier: Tier, { limit, offset }: { limit: number; offset: number }) {
  const values: (number | string)[] = [limit, offset];
  const text = `SELECT ${SUMMARY_COLUMNS} FROM products WHERE ${tierConditions(tier, values)}
                ORDER BY ${ORDER_BY[tier.request.sort]} LIMIT $1 OFFSET $2`;
  return { text, values };
}

async function countOf(database: Queryable, tier: Tier): Promise<number> {
  const values: (number | string)[] = [];
  const text = `SELECT count(*)::int AS count FROM products WHERE ${tierConditions(tier, values)}`;
  const { rows } = await database.query<{ count: number }>(text, values);
  return rows[0]?.count ?? 0;
}
