// The behaviour log in OpenSearch: an index for each day in UTC, documents by the ids of the actions.
import { BEHAVIOUR_INDEX, type BehaviourDocument, type BehaviourEntry } from '../../contract/behaviour.ts';
import { type OpenSearch, OpenSearchOutage } from '../../platform/opensearch/opensearch.ts';
import type { LoggedAction, Place } from '../rules.ts';
import type { BehaviourStore, LogFilter } from './store.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Indexes that are made before their day begins. */
const DAYS_AHEAD = 1;
const STORED_ALREADY = 409;
/** What lies between words, as the catalogue cuts them (catalog/rules.ts). */
const BETWEEN_WORDS = '[\\p{IsWhite_Space}!-/:-@\\[-`{-~]+';

/** Some actions were refused for what they hold; they would be each time. */
class RefusedActions extends Error {}

const template = (pattern: string) => ({
  index_patterns: [pattern],
  template: {
    settings: {
      number_of_shards: 1,
      number_of_replicas: 0,
      // Each refresh makes a segment that is merged later: at 200 ms a document in large batches cost a third more CPU.
      refresh_interval: '500ms',
      analysis: {
        tokenizer: { between: { type: 'pattern', pattern: BETWEEN_WORDS } },
        analyzer: { words: { type: 'custom', tokenizer: 'between', filter: ['lowercase'] } },
      },
    },
    mappings: {
      dynamic: 'strict',
      properties: {
        // Sorted by, never looked for: that is what _id is for.
        id: { type: 'keyword', index: false },
        // Looked for, never sorted by or summed up.
        customerId: { type: 'integer', doc_values: false },
        action: { type: 'keyword', doc_values: false },
        targetType: { type: 'keyword', doc_values: false },
        targetId: { type: 'integer', doc_values: false },
        targetText: { type: 'text', analyzer: 'words', index_options: 'docs', norms: false },
        actedAt: { type: 'date', format: 'epoch_millis' },
      },
    },
  },
});

function queryOf({ customerId, targetType, targetId, action, from, to, words }: LogFilter): object {
  const terms = { customerId, targetType, targetId, action };
  const filter: object[] = Object.entries(terms).flatMap(([name, value]) =>
    value === null ? [] : [{ term: { [name]: value } }],
  );
  const range = { ...(from && { gte: from.getTime() }), ...(to && { lt: to.getTime() }) };
  if (from !== null || to !== null) filter.push({ range: { actedAt: range } });
  for (const word of words) filter.push({ prefix: { targetText: { value: word } } });
  return { bool: { filter } };
}

const NEWEST_FIRST = [{ actedAt: 'desc' }, { id: 'desc' }];

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/**
 * @param prefix of the index names, in small letters.
 * @param retentionDays days that stay beside the present one.
 */
export function createOpenSearchBehaviourStore(deps: {
  openSearch: OpenSearch;
  prefix: string;
  retentionDays: number;
}): BehaviourStore {
  const { openSearch, retentionDays } = deps;
  const start = `${deps.prefix}${BEHAVIOUR_INDEX}`;
  const all = `/${start}*`;
  let preparing: Promise<unknown> | undefined;

  /** Before the first write, because an index takes its mapping from the template that is there when it is made. */
  function prepare(): Promise<unknown> {
    preparing ??= openSearch
      .request('PUT', `/_index_template/${start}log`, template(`${start}*`))
      .catch((error) => {
        preparing = undefined;
        throw error;
      });
    return preparing;
  }

  /** Before its day begins, because an index cannot be searched in the moment in which it is made. False: it is there. */
  async function makeDay(at: Date): Promise<boolean> {
    try {
      await openSearch.request('PUT', `/${start}${dayOf(at)}`);
      return true;
    } catch (error) {
      if (error instanceof Error && error.message.includes('resource_already_exists_exception')) return false;
      throw error;
    }
  }

  return {
    async add(actions) {
      if (actions.length === 0) return;
      await prepare();
      const lines = actions.flatMap((action) => [
        { create: { _index: `${start}${dayOf(action.actedAt)}`, _id: action.id } },
        documentOf(action),
      ]);
      const { items } = await openSearch.request<BulkAnswer>(
        'POST',
        '/_bulk?filter_path=items.*.status,items.*.error.reason',
        lines,
      );
      judge(items);
    },
    async find(filter, { after, limit }) {
      const { hits } = await openSearch.request<{ hits: { hits: { _source: BehaviourDocument }[] } }>(
        'POST',
        `${all}/_search`,
        {
          size: limit,
          query: queryOf(filter),
          sort: NEWEST_FIRST,
          track_total_hits: false,
          ...(after !== null && { search_after: placeOf(after) }),
        },
      );
      return hits.hits.map(({ _source }) => toEntry(_source));
    },
    async newestOf(customerIds, count) {
      if (customerIds.length === 0) return [];
      const searches = customerIds.flatMap((customerId) => [
        {},
        {
          size: count,
          query: { bool: { filter: [{ term: { customerId } }] } },
          sort: NEWEST_FIRST,
          track_total_hits: false,
        },
      ]);
      const { responses } = await openSearch.request<{ responses: SearchAnswer[] }>(
        'POST',
        `${all}/_msearch`,
        searches,
      );
      return responses.flatMap(({ hits, error }) => {
        if (hits === undefined)
          throw new OpenSearchOutage(`One of several searches failed: ${error?.reason ?? 'no reason given'}`);
        return hits.hits.map(({ _source }) => toEntry(_source));
      });
    },
    async histogram(filter, stepMs) {
      const { aggregations } = await openSearch.request<HistogramAnswer>('POST', `${all}/_search`, {
        size: 0,
        query: queryOf(filter),
        aggs: {
          steps: { date_histogram: { field: 'actedAt', fixed_interval: `${stepMs}ms`, min_doc_count: 1 } },
        },
      });
      // Without any index there is nothing to sum up.
      return new Map((aggregations?.steps.buckets ?? []).map(({ key, doc_count }) => [key, doc_count]));
    },
    async upkeep(now) {
      await prepare();
      let addedDayCount = 0;
      for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1)
        if (await makeDay(new Date(now.getTime() + ahead * DAY_MS))) addedDayCount += 1;
      const firstKept = `${start}${dayOf(new Date(now.getTime() - retentionDays * DAY_MS))}`;
      const indexes = await openSearch.request<{ index: string }[]>(
        'GET',
        `/_cat/indices${all}?format=json&h=index`,
      );
      const old = indexes.map(({ index }) => index).filter((index) => index < firstKept);
      for (const index of old) await openSearch.request('DELETE', `/${index}`);
      return { addedDayCount, droppedDayCount: old.length };
    },
    isActionFault: (error) => error instanceof RefusedActions,
  };
}

/** Of one search among several: found, or failed for itself. */
type SearchAnswer = { hits?: { hits: { _source: BehaviourDocument }[] }; error?: { reason?: string } };
type BulkItem = { create: { status: number; error?: { reason?: string } } };
type BulkAnswer = { items: BulkItem[] };
type HistogramAnswer = { aggregations?: { steps: { buckets: { key: number; doc_count: number }[] } } };

/** An action that is there already is no failure. */
function judge(items: readonly BulkItem[]): void {
  const failed = items.filter(({ create: { status } }) => status >= 300 && status !== STORED_ALREADY);
  const [first] = failed;
  if (first === undefined) return;
  const { status, error } = first.create;
  const words = `${failed.length} of ${items.length} actions were not stored; the first: ${status} ${error?.reason ?? ''}`;
  if (failed.every(({ create }) => create.status === 400)) throw new RefusedActions(words);
  throw new OpenSearchOutage(words);
}

function documentOf({ id, customerId, action, target, actedAt }: LoggedAction): BehaviourDocument {
  return {
    id,
    customerId,
    action,
    targetType: target.type,
    targetId: target.type === 'text' ? null : target.id,
    targetText: target.type === 'text' ? target.text : null,
    actedAt: actedAt.getTime(),
  };
}

const toEntry = ({
  targetType,
  targetId,
  targetText,
  actedAt,
  ...rest
}: BehaviourDocument): BehaviourEntry => ({
  id: rest.id,
  customerId: rest.customerId,
  action: rest.action,
  target: { type: targetType, id: targetId, text: targetText },
  actedAt: new Date(actedAt).toISOString(),
});

const placeOf = ({ actedAt, id }: Place): [number, string] => [actedAt.getTime(), id];
