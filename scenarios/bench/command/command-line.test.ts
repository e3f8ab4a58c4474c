import { expect, it } from 'vitest';
import type { Bench } from '../bench.ts';
import { readBenchCommand } from './command-line.ts';

const bench = (name: string): Bench => ({ name, question: '', expectedSeconds: 1, run: async () => [] });
const known = [bench('recorder'), bench('engine')];

it('means all benches without a name, and one with', () => {
  expect(readBenchCommand(known, undefined, {})).toEqual({
    kind: 'ok',
    benches: known,
    size: 'full',
    settings: {
      ...{ orderCount: 50_000, requestCount: 1_000_000, requestsPerSecond: 1_500, measuresPeers: false },
      ...{ behaviourStore: 'postgres', actionsPerSecond: 5_000, actionSeconds: 15 },
      ...{
        gradedPeopleCount: 20_000,
        gradedOrderCount: 200_000,
        gradesOrdersPerSecond: 60,
        generatorCount: 8,
      },
    },
  });
  expect(readBenchCommand(known, 'engine', {})).toMatchObject({ benches: [known[1]] });
});

it('names the nearest bench for an unknown one', () => {
  expect(readBenchCommand(known, 'recoder', {})).toEqual({
    kind: 'mistakes',
    mistakes: ['There is no bench recoder. Did you mean `recorder`? There are: recorder, engine.'],
  });
});

it('tells every mistake at once', () => {
  const asked = readBenchCommand(known, 'x', { orders: '1', requests: 'many' });
  expect(asked).toEqual({
    kind: 'mistakes',
    mistakes: [
      'There is no bench x. There are: recorder, engine.',
      '--orders 1: found 1. Needed: a whole number of 2000 or more.',
      '--requests many: found many. Needed: a whole number of 20000 or more.',
    ],
  });
});

it('measures peers beside a whole run of the engine only', () => {
  expect(readBenchCommand(known, 'engine', { peers: true })).toMatchObject({
    settings: { measuresPeers: true },
  });
  for (const asked of [
    readBenchCommand(known, undefined, { peers: true }),
    readBenchCommand(known, 'engine', { peers: true, check: true }),
  ])
    expect(asked).toEqual({
      kind: 'mistakes',
      mistakes: ['--peers: found without a whole run of engine. Needed: `npm run bench -- engine --peers`.'],
    });
});

it('takes counts that are large enough', () => {
  expect(readBenchCommand(known, 'engine', { orders: '5000', requests: '30000', rate: '200' })).toMatchObject(
    {
      settings: { orderCount: 5_000, requestCount: 30_000, requestsPerSecond: 200 },
    },
  );
});

it('takes the store, the rate and the span of the behaviour log', () => {
  const options = { store: 'opensearch', rate: '8000', seconds: '5' };
  expect(readBenchCommand(known, 'engine', options)).toMatchObject({
    settings: { behaviourStore: 'opensearch', actionsPerSecond: 8_000, actionSeconds: 5 },
  });
  expect(readBenchCommand(known, 'engine', { store: 'mongo' })).toEqual({
    kind: 'mistakes',
    mistakes: ['--store mongo: found mongo. Needed: one of postgres, opensearch.'],
  });
});

it('takes how many generators there are to be', () => {
  expect(readBenchCommand(known, 'engine', { generators: '3' })).toMatchObject({
    settings: { generatorCount: 3 },
  });
  expect(readBenchCommand(known, 'engine', { generators: '0' })).toMatchObject({ kind: 'mistakes' });
});

it('makes a check small, and takes no size beside it', () => {
  expect(readBenchCommand(known, 'engine', { check: true })).toMatchObject({
    size: 'check',
    settings: { orderCount: 2_000 },
  });
  expect(readBenchCommand(known, 'engine', { check: true, orders: '5000' })).toEqual({
    kind: 'mistakes',
    mistakes: ['--orders 5000: a check has a size of its own. Leave one of both out.'],
  });
});
