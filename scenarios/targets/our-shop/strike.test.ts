import { expect, it } from 'vitest';
import { brokerCountFor, strike, whyNot } from './strike.ts';

it('a fault is not done to a service that somebody else runs', () => {
  const theirs = {
    name: 'postgres' as const,
    origin: 'environment' as const,
    version: '18',
    pid: null,
    pids: [],
    startedInMs: null,
    settings: {},
  };
  expect(whyNot('database-restart', [theirs])).toContain('is not ours');
  expect(whyNot('database-restart', [{ ...theirs, pids: [1] }])).toBeNull();
  expect(whyNot('redis-flush', [theirs])).toBeNull();
});

it('takes three brokers to kill one', () => {
  expect(brokerCountFor('broker-kill')).toBe(3);
  expect(brokerCountFor(undefined)).toBe(1);
});

it('gives what the page calls the moment, and does nothing that it does not know', async () => {
  const struck: string[] = [];
  const surroundings = {
    shop: { killAndRestart: async (name: string) => void struck.push(name) },
    services: [],
    flushRedis: async () => void struck.push('flushed'),
  };
  expect(await strike('redis-flush', surroundings)).toBe('Redis keys flushed');
  expect(await strike('consumer-kill', surroundings)).toBe('orders consumer killed');
  expect(await strike('behaviour-consumer-kill', surroundings)).toBe('behaviour consumer killed');
  await expect(strike('flood', surroundings)).rejects.toThrow('found fault flood, needed one of api-kill');
  expect(struck).toEqual(['flushed', 'orders-consumer', 'behaviour-consumer']);
});
