// What a shopper's side sees of the shop's cache: which product pages and lists it answered, how old its answers were and how
// long either way took.
import { CACHE_AGE_HEADER, CACHE_HEADER } from '../../../system/contract/cache.ts';
import type { Measures } from '../../engine/measuring/measures.ts';
import type { HttpResult } from '../../engine/transport/http-client.ts';
import { isSuccess } from './request-verdict.ts';
import { ROUTES, type Route } from './routes.ts';

/** A product page or a list that the shop answered. */
export type CatalogueRead = {
  /** When it was sent, in ms of the timeline. */
  atMs: number;
  kind: 'product' | 'list';
  /** The product's id, or the path of the list with its query. */
  id: string;
  /** How the shop came to the answer; `none` where it has no cache. */
  cache: 'hit' | 'miss' | 'bypass' | 'none';
};

/** Counts and samples an answer that may come from the cache, and tells it to `onRead`; any other is none of its affair. */
export function reportCatalogueRead(
  measures: Measures,
  read: { route: Route; path: string; intendedMs: number; result: HttpResult },
  onRead?: (read: CatalogueRead) => void,
): void {
  const { route, intendedMs, result } = read;
  const isProduct = route === ROUTES.product;
  if ((!isProduct && route !== ROUTES.products) || result.kind !== 'answer' || !isSuccess(result)) return;
  const { headers, sentMs, answeredMs } = result;
  const outcome = headers[CACHE_HEADER];
  onRead?.({
    atMs: sentMs,
    kind: isProduct ? 'product' : 'list',
    id: isProduct ? read.path.slice(read.path.lastIndexOf('/') + 1) : read.path,
    cache: outcome === 'hit' || outcome === 'miss' || outcome === 'bypass' ? outcome : 'none',
  });
  if (outcome !== 'hit') measures.count('databaseReads');
  if (outcome === 'hit') measures.count(isProduct ? 'productHits' : 'listHits');
  else if (outcome === 'miss') measures.count(isProduct ? 'productMisses' : 'listMisses');
  else if (outcome === 'bypass') measures.count('cacheBypasses');
  if (!isProduct || (outcome !== 'hit' && outcome !== 'miss')) return;
  measures.sample(outcome === 'hit' ? 'cache.hit' : 'cache.miss', intendedMs, answeredMs - sentMs);
  const ageMs = Number(headers[CACHE_AGE_HEADER]);
  if (outcome === 'hit' && Number.isFinite(ageMs)) measures.sample('cache.age', intendedMs, ageMs);
}
