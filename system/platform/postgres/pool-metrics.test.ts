import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { addPoolMetrics } from './pool-metrics.ts';

test('busy, idle and waiting are read from the pool each time they are asked for', async () => {
  const pool = { totalCount: 10, idleCount: 0, waitingCount: 7, options: { max: 10 } };
  const registry = new Registry();
  addPoolMetrics(registry, pool as Parameters<typeof addPoolMetrics>[1]);
  const lines = async () => (await registry.metrics()).split('\n').filter((line) => line.startsWith('shop_'));
  expect(await lines()).toEqual([
    'shop_database_connections{state="busy"} 10',
    'shop_database_connections{state="idle"} 0',
    'shop_database_connections_limit 10',
    'shop_database_waiting 7',
  ]);
  Object.assign(pool, { idleCount: 4, waitingCount: 0 });
  expect(await lines()).toEqual([
    'shop_database_connections{state="busy"} 6',
    'shop_database_connections{state="idle"} 4',
    'shop_database_connections_limit 10',
    'shop_database_waiting 0',
  ]);
});
