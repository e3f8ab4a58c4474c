// The shop's API on one HTTP server: the platform's own routes and those of every feature. It never listens.
import { registerCartRoutes } from './cart/routes.ts';
import { registerCatalogRoutes } from './catalog/routes.ts';
import { createAuthenticate, decorateWithSession } from './customers/authentication.ts';
import { registerCustomerRoutes } from './customers/routes.ts';
import type { Sessions } from './customers/sessions.ts';
import { buildHttp, type HttpApp, type HttpDeps } from './platform/http/http.ts';
import type { Database } from './platform/postgres/postgres.ts';
import type { Redis } from './platform/redis/redis.ts';

export type ApiDeps = HttpDeps & {
  database: Database;
  /** With the shop's key prefix. */
  redis: Redis;
  sessions: Sessions;
  /** Adds further routes and sockets, before the server is ready. */
  extend?: (app: HttpApp) => Promise<void>;
};

/** A server with all routes, ready to `listen` or `inject`. */
export async function buildApi(deps: ApiDeps): Promise<HttpApp> {
  const app = await buildHttp(deps);
  decorateWithSession(app);
  const routeDeps = { ...deps, authenticate: createAuthenticate(deps.sessions) };
  registerCatalogRoutes(app, routeDeps);
  registerCustomerRoutes(app, routeDeps);
  registerCartRoutes(app, routeDeps);
  await deps.extend?.(app);
  return app;
}
