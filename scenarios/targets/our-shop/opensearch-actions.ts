// The actions that a cell's shop keeps in OpenSearch, for its audit.
import { BEHAVIOUR_INDEX, type BehaviourDocument } from '../../../system/contract/behaviour.ts';
import type { StoredAction } from '../../audit/actions/stored-elsewhere.ts';
import { askOpensearch } from './ask-opensearch.ts';

const PAGE_SIZE = 5_000;
/** How long OpenSearch holds the reading open between two pages. */
const HELD_FOR = '2m';

type Page = {
  _scroll_id?: string;
  timed_out?: boolean;
  _shards: { failed: number };
  hits: { hits: { _source: BehaviourDocument }[] };
};

/**
 * All actions in the indexes with this prefix, in no order, those written a moment ago too; none where there is no index. Read by
 * scrolling, because paging by a sorted field passes over what is doubled at the end of a page.
 * @throws Error when OpenSearch could not read all of them: what is missing then would look lost
 */
export async function* actionsInOpensearch({
  url,
  prefix,
}: {
  url: string;
  prefix: string;
}): AsyncGenerator<StoredAction> {
  const indexes = `/${prefix}${BEHAVIOUR_INDEX}*`;
  await askOpensearch(url, 'POST', `${indexes}/_refresh`);
  let page = await askOpensearch<Page>(url, 'POST', `${indexes}/_search?scroll=${HELD_FOR}`, {
    size: PAGE_SIZE,
    sort: ['_doc'],
  });
  try {
    for (; ; page = await nextPage(url, page)) {
      if (page._shards.failed > 0 || page.timed_out === true)
        throw new Error(
          `OpenSearch read the actions in ${indexes} in part only; nothing can be said of them.`,
        );
      if (page.hits.hits.length === 0) return;
      for (const { _source } of page.hits.hits) yield toStored(_source);
    }
  } finally {
    if (page._scroll_id !== undefined)
      await askOpensearch(url, 'DELETE', '/_search/scroll', { scroll_id: page._scroll_id });
  }
}

const nextPage = (url: string, { _scroll_id }: Page): Promise<Page> =>
  askOpensearch<Page>(url, 'POST', '/_search/scroll', { scroll: HELD_FOR, scroll_id: _scroll_id });

function toStored(document: BehaviourDocument): StoredAction {
  const { id, customerId, action, targetType, targetId, targetText } = document;
  return { id, customerId, action, targetType, target: targetText ?? String(targetId) };
}
