// The catalogue as outsiders see it.
import Type, { type Static } from 'typebox';
import { Id, Instant, Krw } from './common.ts';

export const CategoryView = Type.Object({ id: Type.Integer(), name: Type.String() });
export type CategoryView = Static<typeof CategoryView>;

/** `listPriceKrw` ≥ `priceKrw`; when it is higher it is shown struck through beside the price. */
export const ProductSummary = Type.Object({
  id: Id,
  categoryId: Type.Integer(),
  name: Type.String(),
  priceKrw: Krw,
  listPriceKrw: Krw,
  soldOut: Type.Boolean(),
  image: Type.String(),
});
export type ProductSummary = Static<typeof ProductSummary>;

export const ProductView = Type.Interface([ProductSummary], {
  description: Type.String(),
  tags: Type.Array(Type.String()),
  stockCount: Type.Integer({ minimum: 0 }),
  orderCount: Type.Integer({ minimum: 0 }),
  registeredAt: Instant,
});
export type ProductView = Static<typeof ProductView>;

export const ProductSort = Type.Union([
  Type.Literal('popular'),
  Type.Literal('newest'),
  Type.Literal('price-ascending'),
  Type.Literal('price-descending'),
]);
export type ProductSort = Static<typeof ProductSort>;

export const MAX_PAGE = 100;
export const MAX_PRICE_KRW = 2_147_483_647;
export const MAX_PAGE_SIZE = 60;

export const ProductListQuery = Type.Object(
  {
    categoryId: Type.Optional(Type.Integer({ minimum: 1, maximum: 32_767 })),
    search: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    sort: Type.Optional(ProductSort),
    /** Only what costs as much or more. */
    minPriceKrw: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_PRICE_KRW })),
    /** Only what costs as much or less. */
    maxPriceKrw: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_PRICE_KRW })),
    /** Only what can be ordered now. */
    inStock: Type.Optional(Type.Boolean()),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE, default: 1 })),
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: 20 })),
  },
  { additionalProperties: false },
);
export type ProductListQuery = Static<typeof ProductListQuery>;

export const ProductList = Type.Object({
  items: Type.Array(ProductSummary),
  page: Type.Integer(),
  pageSize: Type.Integer(),
  hasNext: Type.Boolean(),
});
export type ProductList = Static<typeof ProductList>;

export const MAX_STOCK_ADDITION = 1_000_000;

/** POST /operator/products/:productId/stock, for operators; answers the ProductView. */
export const AddStockBody = Type.Object(
  { addCount: Type.Integer({ minimum: 1, maximum: MAX_STOCK_ADDITION }) },
  { additionalProperties: false },
);
export type AddStockBody = Static<typeof AddStockBody>;

/** PATCH /operator/products/:productId, for operators; answers the ProductView. */
export const ChangeProductBody = Type.Object({ soldOut: Type.Boolean() }, { additionalProperties: false });
export type ChangeProductBody = Static<typeof ChangeProductBody>;
