// HTTP of the catalogue: open to everybody for reading; stock and the sold-out flag are for operators.

import type { FastifyReply } from 'fastify';
import Type from 'typebox';
import type { CacheAnswer } from '../cache/cache.ts';
import type { ProductsChanged } from '../cache/invalidation.ts';
import { CACHE_AGE_HEADER, CACHE_HEADER } from '../contract/cache.ts';
import {
  AddStockBody,
  CategoryView,
  ChangeProductBody,
  ProductList,
  ProductListQuery,
  ProductView,
} from '../contract/catalog.ts';
import { Id } from '../contract/common.ts';
import { bearerSecurity, type RequestHook, requireRole } from '../customers/authentication.ts';
import type { HttpApp } from '../platform/http/http.ts';
import { notFound, ProblemError, problemResponses } from '../platform/http/problems.ts';
import type { Database } from '../platform/postgres/postgres.ts';
import { type CatalogReading, type CatalogReadingDeps, createCatalogReading } from './cached-reading.ts';
import { listRequest } from './rules.ts';
import type { SearchProducts } from './search/search-products.ts';
import { type CatalogStore, createCatalogStore } from './store.ts';

const ProductParams = Type.Object({ productId: Id }, { additionalProperties: false });

/** Adds GET /categories, /products and /products/:productId, and the operators' routes on products. */
export function registerCatalogRoutes(
  app: HttpApp,
  deps: CatalogReadingDeps & {
    database: Database;
    authenticate: RequestHook;
    productsChanged: ProductsChanged;
    search: SearchProducts;
  },
): void {
  const store = createCatalogStore(deps.database);
  registerReading(app, store, createCatalogReading({ store, search: deps.search }, deps));
  registerOperating(app, store, [deps.authenticate, requireRole('operator')], deps.productsChanged);
}

/** What the cache answered, with the headers that tell so. */
function told<Value>(reply: FastifyReply, { value, outcome, ageMs }: CacheAnswer<Value>): Value | null {
  if (outcome !== null) reply.header(CACHE_HEADER, outcome);
  if (ageMs !== null) reply.header(CACHE_AGE_HEADER, Math.round(ageMs));
  return value;
}

function registerReading(app: HttpApp, store: CatalogStore, reading: CatalogReading): void {
  app.get(
    '/categories',
    { schema: { tags: ['catalogue'], response: { 200: Type.Array(CategoryView) } } },
    () => store.categories(),
  );

  app.get(
    '/products',
    {
      schema: {
        tags: ['catalogue'],
        querystring: ProductListQuery,
        response: { 200: ProductList, ...problemResponses },
      },
    },
    async ({ query }, reply) => {
      const request = listRequest(query);
      const none = { items: [], page: query.page ?? 1, pageSize: query.pageSize ?? 20, hasNext: false };
      if (request === 'nothing') return none;
      return told(reply, await reading.list(request)) ?? none;
    },
  );

  app.get(
    '/products/:productId',
    {
      schema: {
        tags: ['catalogue'],
        params: ProductParams,
        response: { 200: ProductView, ...problemResponses },
      },
    },
    async ({ params }, reply) => {
      const product = told(reply, await reading.find(params.productId));
      if (product === null) throw notFound(`product ${params.productId}`);
      return product;
    },
  );
}

function registerOperating(
  app: HttpApp,
  store: CatalogStore,
  onRequest: RequestHook[],
  productsChanged: ProductsChanged,
): void {
  const schema = {
    tags: ['operator'],
    security: bearerSecurity,
    params: ProductParams,
    response: { 200: ProductView, ...problemResponses },
  };

  app.post(
    '/operator/products/:productId/stock',
    { onRequest, schema: { ...schema, body: AddStockBody } },
    async ({ params, body }) => {
      const product = await store.addStock(params.productId, body.addCount);
      if (product === 'unknown') throw notFound(`product ${params.productId}`);
      if (product === 'too-many') {
        throw new ProblemError({
          status: 409,
          code: 'stock-too-large',
          detail: 'The product would have been stocked more than 2,147,483,647 times.',
        });
      }
      productsChanged([product.id]);
      return product;
    },
  );

  app.patch(
    '/operator/products/:productId',
    { onRequest, schema: { ...schema, body: ChangeProductBody } },
    async ({ params, body }) => {
      const product = await store.setSoldOut(params.productId, body.soldOut);
      if (product === null) throw notFound(`product ${params.productId}`);
      productsChanged([product.id]);
      return product;
    },
  );
}
