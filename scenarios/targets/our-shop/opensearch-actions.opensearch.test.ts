// Needs an OpenSearch: npm run test:opensearch brings one up.
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { BEHAVIOUR_INDEX, type BehaviourDocument } from '../../../system/contract/behaviour.ts';
import type { StoredAction } from '../../audit/actions/stored-elsewhere.ts';
import { markObserver, newMark } from '../../data/run-mark.ts';
import { actionsInOpensearch } from './opensearch-actions.ts';
import {
  indexPrefixOf,
  markedIndexes,
  removeIndexes,
  untilProductsAreIndexed,
} from './opensearch-indexes.ts';
import { sweepAbandoned } from './sweep.ts';

const url = process.env.STAMPEDE_TEST_OPENSEARCH_URL ?? '';
const HOUR_MS = 3_600_000;

let mark: string;
let prefix: string;
beforeEach(() => {
  mark = newMark(Date.now(), HOUR_MS);
  prefix = indexPrefixOf(mark);
});
const removeAll = () => removeIndexes(url, (name) => name.startsWith(prefix));
afterEach(removeAll);
afterAll(removeAll);

const idOf = (index: number) => `01980000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
const documentOf = (index: number, changes: Partial<BehaviourDocument> = {}): BehaviourDocument => ({
  id: idOf(index),
  customerId: 1 + (index % 7),
  action: 'click',
  targetType: 'product',
  targetId: 5,
  targetText: null,
  actedAt: 1_795_000_000_000 + index,
  ...changes,
});

/** As the shop writes them: found within its refresh interval, not at once. `under` is the document's own id. */
async function write(day: string, documents: readonly BehaviourDocument[], under = '') {
  const index = `${prefix}${BEHAVIOUR_INDEX}${day}`;
  const lines = documents.flatMap((document) => [
    { create: { _index: index, _id: `${under}${document.id}` } },
    document,
  ]);
  const settings = await fetch(`${url}/${index}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      settings: { number_of_shards: 1, number_of_replicas: 0, refresh_interval: '-1' },
      mappings: { properties: { id: { type: 'keyword' } } },
    }),
  });
  await settings.text();
  const answer = await fetch(`${url}/_bulk`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`,
  });
  expect(await answer.json()).toMatchObject({ errors: false });
}

async function read(of = prefix): Promise<StoredAction[]> {
  const actions: StoredAction[] = [];
  for await (const action of actionsInOpensearch({ url, prefix: of })) actions.push(action);
  return actions;
}

it('a shop that has kept nothing has no actions', async () => {
  expect(await read()).toEqual([]);
});

it('gives every action of every day once, those of this moment and more than a page of them', async () => {
  const some = Array.from({ length: 5_001 }, (_, index) => documentOf(index));
  const search = documentOf(9_000, {
    action: 'search',
    targetType: 'text',
    targetId: null,
    targetText: "종이 'A4",
  });
  await write('2026-11-20', some);
  await write('2026-11-21', [search]);
  const actions = await read();
  expect(actions.map(({ id }) => id).sort()).toEqual([...some, search].map(({ id }) => id).sort());
  expect(actions.find(({ id }) => id === idOf(3))).toEqual({
    id: idOf(3),
    customerId: 4,
    action: 'click',
    targetType: 'product',
    target: '5',
  });
  expect(actions.find(({ id }) => id === search.id)).toMatchObject({
    targetType: 'text',
    target: "종이 'A4",
  });
});

it('gives what is doubled twice, on two days and on one', async () => {
  await write('2026-11-20', [documentOf(1), documentOf(2)]);
  await write('2026-11-20', [documentOf(2)], 'again-');
  await write('2026-11-21', [documentOf(1)]);
  const ids = (await read()).map(({ id }) => id).sort();
  expect(ids).toEqual([idOf(1), idOf(1), idOf(2), idOf(2)]);
});

it('reads nothing of another cell', async () => {
  await write('2026-11-20', [documentOf(1)]);
  const other = indexPrefixOf(newMark(Date.now(), HOUR_MS));
  expect(await read(other)).toEqual([]);
});

it('products can be found once the shop has said so on their index, not before', async () => {
  const place = { url, prefix };
  await expect(untilProductsAreIndexed(place, 0)).rejects.toThrow(`index ${prefix}products of OpenSearch`);
  const put = async (path: string, body: object) => {
    const answer = await fetch(`${url}${path}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(await answer.json()).toMatchObject({ acknowledged: true });
  };
  await put(`/${prefix}products`, {});
  await expect(untilProductsAreIndexed(place, 0)).rejects.toThrow('Not all products');
  await put(`/${prefix}products/_mapping`, { _meta: { upTo: '7' } });
  await untilProductsAreIndexed(place, 0);
});

it('what a killed run left is swept, templates too, and what a living one uses is left alone', async () => {
  const places = {
    postgresUrl: process.env.STAMPEDE_TEST_DATABASE_URL ?? '',
    redisUrl: process.env.STAMPEDE_TEST_REDIS_URL ?? '',
    kafkaBrokers: (process.env.STAMPEDE_TEST_KAFKA_BROKERS ?? '').split(','),
    opensearchUrl: url,
  };
  await write('2026-11-20', [documentOf(1)]);
  const template = `${prefix}${BEHAVIOUR_INDEX}log`;
  const made = await fetch(`${url}/_index_template/${template}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ index_patterns: [`${prefix}${BEHAVIOUR_INDEX}*`] }),
  });
  await made.text();
  const left = async () => {
    const { indexes, templates } = await markedIndexes(url);
    return [...indexes, ...templates].filter((name) => name.startsWith(prefix));
  };
  const said: string[] = [];
  await sweepAbandoned(places, markObserver(Date.now()), (line) => said.push(line));
  expect(await left()).toHaveLength(2);
  // As if this very process had ended.
  const startOf = (pid: number) => (pid === process.pid ? null : markObserver(0).startOf(pid));
  await sweepAbandoned(places, { ...markObserver(Date.now()), startOf }, (line) => said.push(line));
  expect(await left()).toEqual([]);
  expect(said.join('\n')).toContain(`index ${prefix}${BEHAVIOUR_INDEX}2026-11-20`);
});
