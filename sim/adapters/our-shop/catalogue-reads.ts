// What a shopper's side sees of the shop's cache: which product pages and lists it answered, how old its answers were and how
// long either way took.
import { CACHE_AGE_HEADER, CACHE_HEADER } from '../../../system/contract/cache.ts';
import type { Measures } from '../../engine/measuring/measures.ts';
import type { HttpResult } from '../../engine/transport/http-client.ts';
import { isSuccess } from './request-verdict.ts';
import { ROUTES, type Route } from './routes.ts';

/** Counts and samples an answer that may come from the cache; any other is none of its affair. */
export function reportCatalogueRead(
  measures: Measures,
  { route, intendedMs, result }: { route: Route; intendedMs: number; result: HttpResult },
): void {
  const isProduct = route === ROUTES.product;
  if ((!isProduct && route !== ROUTES.products) || result.kind !== 'answer' || !isSuccess(result)) return;
  const { headers, sentMs, answeredMs } = result;
  const outcome = headers[CACHE_HEADER];
  if (outcome !== 'hit') measures.count('databaseReads');
  if (outcome === 'hit') measures.count(isProduct ? 'productHits' : 'listHits');
  else if (outcome === 'miss') measures.count(isProduct ? 'productMisses' : 'listMisses');
  else if (outcome === 'bypass') measures.count('cacheBypasses');
  if (!isProduct || (outcome !== 'hit' && outcome !== 'miss')) return;
  measures.sample(outcome === 'hit' ? 'cache.hit' : 'cache.miss', intendedMs, answeredMs - sentMs);
  const ageMs = Number(headers[CACHE_AGE_HEADER]);
  if (outcome === 'hit' && Number.isFinite(ageMs)) measures.sample('cache.age', intendedMs, ageMs);
}
