import { expect, it } from 'vitest';
import { whyNot } from './strike.ts';

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
