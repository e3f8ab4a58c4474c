// What an operator's question means: which part of the log, from where on, in which steps.

import { wordsOf } from '../../catalog/rules.ts';
import type {
  BehaviourHistogram,
  BehaviourPage,
  BehaviourQuery,
  HistogramQuery,
} from '../../contract/behaviour.ts';
import { fillBuckets, histogramStepMs, MAX_HISTOGRAM_MS, placeText, readPlace } from '../rules.ts';
import type { BehaviourStore, LogFilter } from '../store/store.ts';

const DEFAULT_PAGE_SIZE = 50;
const DEFAULT_RANGE_MS = 24 * 60 * 60 * 1_000;

/** An answer, or in words what is wrong with the question. */
export type LookUp = {
  page(query: BehaviourQuery): Promise<BehaviourPage | string>;
  histogram(query: HistogramQuery, now: Date): Promise<BehaviourHistogram | string>;
};

/** Makes the look-up over a store. */
export function createLookUp(store: Pick<BehaviourStore, 'find' | 'histogram'>): LookUp {
  return {
    async page(query) {
      const filter = filterOf(query);
      if (typeof filter === 'string') return filter;
      const after = query.after === undefined ? null : readPlace(query.after);
      if (query.after !== undefined && after === null)
        return 'after is no place that a page named as its next';
      if (filter === null) return { items: [], next: null };
      const pageSize = query.pageSize ?? DEFAULT_PAGE_SIZE;
      const found = await store.find(filter, { after, limit: pageSize + 1 });
      const items = found.slice(0, pageSize);
      const last = found.length > pageSize ? items.at(-1) : undefined;
      return {
        items,
        next: last === undefined ? null : placeText({ actedAt: new Date(last.actedAt), id: last.id }),
      };
    },
    async histogram(query, now) {
      const filter = filterOf(query);
      if (typeof filter === 'string') return filter;
      // The millisecond that is just now belongs to it.
      const to = query.to === undefined ? new Date(now.getTime() + 1) : new Date(query.to);
      const from =
        query.from === undefined ? new Date(to.getTime() - DEFAULT_RANGE_MS) : new Date(query.from);
      const rangeMs = to.getTime() - from.getTime();
      if (rangeMs <= 0) return 'from is not before to';
      if (rangeMs > MAX_HISTOGRAM_MS) return 'from is more than 1,680 days before to';
      const stepMs = histogramStepMs(rangeMs);
      const counts = filter === null ? new Map() : await store.histogram({ ...filter, from, to }, stepMs);
      return {
        from: from.toISOString(),
        to: to.toISOString(),
        stepMs,
        buckets: fillBuckets({ from, to }, stepMs, counts),
      };
    },
  };
}

/** null: it asks for words and has none, so nothing is meant by it. */
function filterOf(query: HistogramQuery): LogFilter | null | string {
  if (query.targetId !== undefined && (query.targetType === undefined || query.targetType === 'text'))
    return 'targetId needs a targetType of product, category or coupon beside it';
  const words = query.search === undefined ? [] : wordsOf(query.search.toLowerCase());
  if (query.search !== undefined && words.length === 0) return null;
  return {
    customerId: query.customerId ?? null,
    targetType: query.targetType ?? null,
    targetId: query.targetId ?? null,
    action: query.action ?? null,
    from: query.from === undefined ? null : new Date(query.from),
    to: query.to === undefined ? null : new Date(query.to),
    words,
  };
}
