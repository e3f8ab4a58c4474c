import { expect, it } from 'vitest';
import { memberOptions } from './member-options.ts';

const FLAGS = { kafka: 'a.example:9092, 10.0.0.1:9093', token: 't', wait: '10m' };

it('takes options before variables, and this host and process for a name', () => {
  const environment = { STAMPEDE_KAFKA_BROKERS: 'b.example:1', STAMPEDE_GENERATOR_TOKEN: 'other' };
  const given = memberOptions({ ...FLAGS, name: 'left' }, environment, 7);
  expect(given).toEqual({
    kind: 'ok',
    options: {
      brokers: ['a.example:9092', '10.0.0.1:9093'],
      token: 't',
      name: 'left',
      waitSeconds: 600,
      stays: false,
    },
  });
  expect(memberOptions({ wait: '90' }, environment, 7)).toMatchObject({
    kind: 'ok',
    options: {
      brokers: ['b.example:1'],
      token: 'other',
      name: expect.stringMatching(/.-7$/),
      waitSeconds: 90,
    },
  });
});

it('tells all mistakes at once, and never a token', () => {
  const asked = memberOptions({ kafka: 'nowhere', name: 'a b', wait: 'long' }, {}, 7);
  expect(asked).toEqual({
    kind: 'mistakes',
    mistakes: [
      expect.stringContaining('found nowhere'),
      expect.stringContaining('STAMPEDE_GENERATOR_TOKEN'),
      expect.stringContaining('found a b'),
      expect.stringContaining('found long'),
    ],
  });
});
