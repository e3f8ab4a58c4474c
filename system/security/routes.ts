// What the security tests know of the shop's routes: the description that the running shop gives of itself, and who may
// use which. A route or socket event that is added must be added here. Not used by the shop itself.
import type { ClientToServerEvents } from '../contract/sockets.ts';
import type { TestShop } from './testing.ts';

/** A JSON schema as the description has it; only what the tests read. */
export type Schema = {
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  allOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
};

export type Route = {
  /** e.g. `GET /orders/{id}`. */
  name: string;
  method: string;
  path: string;
  parameters: { name: string; in: string; schema: Schema }[];
  body: Schema | undefined;
};

type Operation = {
  parameters?: Route['parameters'];
  requestBody?: { content: Record<string, { schema: Schema }> };
};

/** Every route that the running shop describes at /docs/json. */
export async function describedRoutes(shop: TestShop): Promise<Route[]> {
  const answer = await shop.request('GET', '/docs/json');
  const { paths } = (await answer.json()) as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([verb, { parameters = [], requestBody }]) => {
      const method = verb.toUpperCase();
      const body = requestBody?.content['application/json']?.schema;
      return { name: `${method} ${path}`, method, path, parameters, body };
    }),
  );
}

/**
 * `public`: everybody. `own`: signed-in people, about themselves alone. `owner`: signed-in people, about a thing named
 * in the path that must be theirs. `operator`: operators.
 */
export type Access = 'public' | 'own' | 'owner' | 'operator';

export const ACCESS: Record<string, Access> = {
  'GET /categories': 'public',
  'GET /products': 'public',
  'GET /products/{productId}': 'public',
  'POST /customers': 'public',
  'POST /sessions': 'public',
  'POST /sessions/refresh': 'public',
  'POST /visits': 'public',
  'DELETE /sessions/current': 'own',
  'GET /me': 'own',
  'PUT /me': 'own',
  'GET /me/address': 'own',
  'PUT /me/address': 'own',
  'DELETE /me/address': 'own',
  'GET /cart': 'own',
  'POST /cart/quotes': 'public',
  'DELETE /cart': 'own',
  'PUT /cart/items/{productId}': 'own',
  'DELETE /cart/items/{productId}': 'own',
  'POST /orders': 'own',
  'GET /orders': 'own',
  'GET /orders/{id}': 'owner',
  'POST /orders/{id}/cancel': 'owner',
  'GET /coupons': 'own',
  'POST /coupons/quotes': 'own',
  'GET /wishes': 'own',
  'PUT /wishes/{productId}': 'own',
  'DELETE /wishes/{productId}': 'own',
  'POST /behaviour': 'own',
  'GET /recommendations/trending': 'public',
  'GET /recommendations/{kind}': 'own',
  'GET /operator/coupons/definitions': 'operator',
  'POST /operator/coupons/definitions': 'operator',
  'POST /operator/coupons/definitions/{definitionId}/issues': 'operator',
  'GET /notifications': 'own',
  'POST /notifications/read': 'own',
  'GET /operator/behaviour/actions': 'operator',
  'GET /operator/behaviour/histogram': 'operator',
  'POST /operator/products/{productId}/stock': 'operator',
  'PATCH /operator/products/{productId}': 'operator',
  'GET /operator/hot-set/customers': 'operator',
};

/**
 * Events of a socket; guests have those of the counters. `own`: about themselves alone, whatever they say. `numbers`: of everybody,
 * but nothing of anybody.
 */
export const SOCKET_ACCESS: Record<keyof ClientToServerEvents, 'own' | 'numbers'> = {
  'behaviour:actions': 'own',
  'orders:resume': 'own',
  'counters:view': 'own',
  'counters:watch': 'numbers',
  'notifications:shown': 'own',
};
