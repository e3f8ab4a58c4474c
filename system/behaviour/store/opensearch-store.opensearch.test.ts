// Needs an OpenSearch: npm run test:opensearch brings one up.
import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { createOpenSearch, OpenSearchOutage } from '../../platform/opensearch/opensearch.ts';
import { actionAt, NO_FILTER } from '../testing.ts';
import { createOpenSearchBehaviourStore } from './opensearch-store.ts';
import { testBehaviourStore } from './store-contract-testing.ts';

const url = process.env.STAMPEDE_TEST_OPENSEARCH_URL ?? '';
const prefix = `test-${randomBytes(6).toString('hex')}-`;
const openSearch = createOpenSearch(url);
const store = createOpenSearchBehaviourStore({ openSearch, prefix, retentionDays: 60 });

afterAll(async () => {
  const indexes = await openSearch.request<{ index: string }[]>(
    'GET',
    `/_cat/indices/${prefix}*?format=json&h=index`,
  );
  for (const { index } of indexes) await openSearch.request('DELETE', `/${index}`);
  await openSearch.request('DELETE', `/_index_template/${prefix}behaviour-log`);
  await openSearch.close();
});

describe('the behaviour log in OpenSearch', () => {
  test('is empty before anything was written, and says so', async () => {
    expect(await store.find(NO_FILTER, { after: null, limit: 10 })).toEqual([]);
    const range = { from: new Date(0), to: new Date(1_000) };
    expect(await store.histogram({ ...NO_FILTER, ...range }, 1_000)).toEqual(new Map());
  });

  testBehaviourStore(() => store);

  test('has an index for today and tomorrow before anything is written', async () => {
    const now = new Date('2026-05-01T12:00:00Z');
    expect(await store.upkeep(now)).toMatchObject({ addedDayCount: 2 });
    expect(await store.upkeep(now)).toMatchObject({ addedDayCount: 0 });
  });

  test('what it has taken is on the disk, and an id is kept to sort by, not looked for', async () => {
    await store.add([actionAt('2026-05-01T12:00:00Z')]);
    const index = `${prefix}behaviour-2026-05-01`;
    type Settings = Record<string, { defaults: { index: { translog: { durability: string } } } }>;
    const settings = await openSearch.request<Settings>('GET', `/${index}/_settings?include_defaults=true`);
    expect(settings[index]?.defaults.index.translog.durability.toLowerCase()).toBe('request');
    type Mapping = Record<string, { mappings: { properties: Record<string, object> } }>;
    const { [index]: made } = await openSearch.request<Mapping>('GET', `/${index}/_mapping`);
    expect(made?.mappings.properties).toMatchObject({
      id: { type: 'keyword', index: false },
      customerId: { doc_values: false },
      targetText: { index_options: 'docs', norms: false },
    });
  });

  test('says that an action is at fault where its data are, and not where OpenSearch is away', async () => {
    const fault = await store
      .add([actionAt('2026-08-01T12:00:00Z', { customerId: 2 ** 31 })])
      .catch((error) => error);
    expect(store.isActionFault(fault)).toBe(true);
    const away = createOpenSearch('http://127.0.0.1:1');
    const lost = createOpenSearchBehaviourStore({ openSearch: away, prefix, retentionDays: 60 });
    const outage = await lost.add([actionAt('2026-08-01T12:00:00Z')]).catch((error) => error);
    expect(outage).toBeInstanceOf(OpenSearchOutage);
    expect(lost.isActionFault(outage)).toBe(false);
    await away.close();
  });
});
