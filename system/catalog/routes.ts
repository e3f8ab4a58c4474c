// HTTP of the catalogue: open to everybody for reading; stock and the sold-out flag are for operators.
import Type from 'typebox';
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
import { listRequest } from './rules.ts';
import { type CatalogStore, createCatalogStore } from './store.ts';

const ProductParams = Type.Object({ productId: Id }, { additionalProperties: false });

/** Adds GET /categories, /products and /products/:productId, and the operators' routes on products. */
export function registerCatalogRoutes(
  app: HttpApp,
  deps: { database: Database; authenticate: RequestHook },
): void {
  const store = createCatalogStore(deps.database);
  registerReading(app, store);
  registerOperating(app, store, [deps.authenticate, requireRole('operator')]);
}

function registerReading(app: HttpApp, store: CatalogStore): void {
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
    async ({ query }) => {
      const request = listRequest(query);
      return request === 'nothing'
        ? { items: [], page: query.page ?? 1, pageSize: query.pageSize ?? 20, hasNext: false }
        : store.list(request);
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
    async ({ params }) => {
      const product = await store.find(params.productId);
      if (product === null) throw notFound(`product ${params.productId}`);
      return product;
    },
  );
}

function registerOperating(app: HttpApp, store: CatalogStore, onRequest: RequestHook[]): void {
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
      return product;
    },
  );

  app.patch(
    '/operator/products/:productId',
    { onRequest, schema: { ...schema, body: ChangeProductBody } },
    async ({ params, body }) => {
      const product = await store.setSoldOut(params.productId, body.soldOut);
      if (product === null) throw notFound(`product ${params.productId}`);
      return product;
    },
  );
}
