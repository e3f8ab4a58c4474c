// The shop's API on one HTTP server: the platform's own routes and those of every feature. It never listens.
import type { ApiShare, Authentication } from './platform/features/feature.ts';
import { buildHttp, type HttpApp, type HttpDeps } from './platform/http/http.ts';

/** Who is asking, by the one feature that can tell. */
export function authenticationOf(shares: readonly ApiShare[]): Authentication {
  const [authentication, second] = shares.flatMap((share) => share.authentication ?? []);
  if (authentication === undefined || second !== undefined)
    throw new Error(
      `${authentication === undefined ? 'No feature' : 'More than one feature'} of the API tells who is asking; needed is one.`,
    );
  return authentication;
}

/** A server with all routes, ready to `listen` or `inject`. */
export async function buildApi(deps: HttpDeps, shares: readonly ApiShare[]): Promise<HttpApp> {
  const { prepare, authenticate } = authenticationOf(shares);
  const app = await buildHttp(deps);
  prepare(app);
  for (const share of shares) await share.routes?.(app, authenticate);
  return app;
}
