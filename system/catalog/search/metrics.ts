// What the search tells the operator: who answered, and how long it took.
import { Counter, Histogram, type Registry } from 'prom-client';
import { SEARCH_STORES, type SearchStore } from '../../contract/processes.ts';

const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

export type SearchMetrics = {
  answered(by: SearchStore, durationMs: number): void;
};

export function createSearchMetrics(registry: Registry): SearchMetrics {
  const registers = [registry];
  const searches = new Counter({
    name: 'shop_searches_total',
    help: 'Searches for products that were not answered by the cache, by the store that answered',
    labelNames: ['store'],
    registers,
  });
  for (const store of SEARCH_STORES) searches.inc({ store }, 0);
  const seconds = new Histogram({
    name: 'shop_search_seconds',
    help: 'Time of a search for products',
    labelNames: ['store'],
    buckets: SECONDS,
    registers,
  });
  return {
    answered(store, durationMs) {
      searches.inc({ store });
      seconds.observe({ store }, durationMs / 1_000);
    },
  };
}
