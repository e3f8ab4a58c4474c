import { expect, test } from 'vitest';
import { createHealth } from './health.ts';

test('a process is ready when no check has a reason against it', async () => {
  const health = createHealth();
  health.add('database', async () => null);
  expect(await health.readiness()).toEqual({ ready: true, reasons: {} });
});

test('every failing check is named with its reason, a thrown error too', async () => {
  const health = createHealth();
  health.add('database', async () => {
    throw new Error('connection refused');
  });
  health.add('consumer', async () => 'holds no partition');
  health.add('redis', async () => null);
  expect(await health.readiness()).toEqual({
    ready: false,
    reasons: { database: 'connection refused', consumer: 'holds no partition' },
  });
});

test('two checks of one name are a mistake', () => {
  const health = createHealth();
  health.add('redis', async () => null);
  expect(() => health.add('redis', async () => null)).toThrow(/"redis" was added twice/);
});
