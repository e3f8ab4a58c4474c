// A search that another answers while the one that is wanted cannot.
import type { SearchProducts, SearchRequest } from './search-products.ts';

/** How long a search that failed is not tried again, so that not every shopper waits for it. */
const PAUSE_MS = 1_000;

/**
 * Asks `wanted` where it is ready, and `fallback` where it is not or fails.
 * @param onAnswer gets who answers, and why `wanted` could not when it was last asked; null where it answers or is not ready
 */
export function searchWithFallback(deps: {
  wanted: SearchProducts;
  isReady: () => boolean;
  /** Whether `wanted` knows what is needed for it; of what it does not know nothing is told. */
  isFor: (request: SearchRequest) => boolean;
  fallback: SearchProducts;
  onAnswer: (by: 'wanted' | 'fallback', failure: unknown) => void;
  monotonicMs: () => number;
}): SearchProducts {
  const { wanted, fallback, isReady, isFor, onAnswer, monotonicMs } = deps;
  let pausedUntilMs = Number.NEGATIVE_INFINITY;
  let failure: unknown = null;
  return async (request) => {
    if (!isFor(request)) return fallback(request);
    if (!isReady()) {
      onAnswer('fallback', null);
      return fallback(request);
    }
    if (monotonicMs() >= pausedUntilMs) {
      try {
        const found = await wanted(request);
        onAnswer('wanted', null);
        return found;
      } catch (error) {
        failure = error;
        pausedUntilMs = monotonicMs() + PAUSE_MS;
      }
    }
    onAnswer('fallback', failure);
    return fallback(request);
  };
}
