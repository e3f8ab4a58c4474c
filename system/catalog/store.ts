// SQL of the catalogue. Deleted products are invisible everywhere.
import type { CategoryView, ProductList, ProductSummary, ProductView } from '../contract/catalog.ts';
import type { Queryable } from '../platform/postgres/postgres.ts';
import { IN_STOCK_CONDITION, ORDER_BY, priceCondition, SUMMARY_COLUMNS } from './columns.ts';
import type { ListRequest } from './rules.ts';

export type CatalogStore = {
  categories(): Promise<CategoryView[]>;
  /** The list without a search. */
  list(request: ListRequest): Promise<ProductList>;
  find(productId: number): Promise<ProductView | null>;
  /** Adds to stock; `too-many` when the product's count would leave the range of an integer. */
  addStock(productId: number, addCount: number): Promise<ProductView | 'unknown' | 'too-many'>;
  setSoldOut(productId: number, soldOut: boolean): Promise<ProductView | null>;
};

/** A product as its page shows it; `toView` makes a ProductView of such a row. */
export const VIEW_COLUMNS = `${SUMMARY_COLUMNS},
  description, tags, stock_count AS "stockCount", order_count AS "orderCount", registered_at AS "registeredAt"`;

const FIND = `SELECT ${VIEW_COLUMNS} FROM products WHERE id = $1 AND deleted_at IS NULL`;

const ADD_STOCK = `
  UPDATE products
     SET stock_count = stock_count + $2, stocked_count = stocked_count + $2
   WHERE id = $1 AND deleted_at IS NULL AND stocked_count <= 2147483647 - $2
  RETURNING ${VIEW_COLUMNS}`;

const SET_SOLD_OUT = `
  UPDATE products SET sold_out = $2 WHERE id = $1 AND deleted_at IS NULL RETURNING ${VIEW_COLUMNS}`;

export type ProductRow = Omit<ProductView, 'registeredAt'> & { registeredAt: Date };

export const toView = (row: ProductRow): ProductView => ({
  ...row,
  registeredAt: row.registeredAt.toISOString(),
});

/** The list's statement; one more row than the page is read to see whether there is a next page. */
function listStatement({ categoryId, price, inStock, sort, page, pageSize }: ListRequest) {
  const values: (number | string)[] = [pageSize + 1, (page - 1) * pageSize];
  const conditions = ['deleted_at IS NULL'];
  if (categoryId !== null) conditions.push(`category_id = $${values.push(categoryId)}`);
  if (price) conditions.push(priceCondition(price, values));
  if (inStock) conditions.push(IN_STOCK_CONDITION);
  const kinds = `${categoryId === null ? '' : '-category'}${price ? '-price' : ''}${inStock ? '-in-stock' : ''}`;
  return {
    name: `catalog-list-${sort}${kinds}`,
    text: `SELECT ${SUMMARY_COLUMNS} FROM products WHERE ${conditions.join(' AND ')}
           ORDER BY ${ORDER_BY[sort]} LIMIT $1 OFFSET $2`,
    values,
  };
}

export function createCatalogStore(database: Queryable): CatalogStore {
  async function find(productId: number): Promise<ProductView | null> {
    const { rows } = await database.query<ProductRow>({
      name: 'catalog-find',
      text: FIND,
      values: [productId],
    });
    return rows[0] ? toView(rows[0]) : null;
  }
  return {
    find,
    async categories() {
      const { rows } = await database.query<CategoryView>({
        name: 'catalog-categories',
        text: 'SELECT id, name FROM categories ORDER BY id',
      });
      return rows;
    },
    async list(request) {
      const { rows } = await database.query<ProductSummary>(listStatement(request));
      const { page, pageSize } = request;
      return { items: rows.slice(0, pageSize), page, pageSize, hasNext: rows.length > pageSize };
    },
    async addStock(productId, addCount) {
      const { rows } = await database.query<ProductRow>(ADD_STOCK, [productId, addCount]);
      if (rows[0]) return toView(rows[0]);
      return (await find(productId)) === null ? 'unknown' : 'too-many';
    },
    async setSoldOut(productId, soldOut) {
      const { rows } = await database.query<ProductRow>(SET_SOLD_OUT, [productId, soldOut]);
      return rows[0] ? toView(rows[0]) : null;
    },
  };
}
