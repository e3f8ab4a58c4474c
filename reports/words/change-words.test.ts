import { expect, test } from 'vitest';
import { METRICS } from '../metrics/catalogue.ts';
import { changeWords } from './change-words.ts';

test.each([
  ['order.confirmed', 'FASTER', 'SLOWER'],
  ['http.response/GET /products/:id', 'FASTER', 'SLOWER'],
  ['fault.recoverySeconds', 'FASTER', 'SLOWER'],
  ['catalogue.databaseReadsPerMinute', 'FEWER', 'MORE'],
  ['kafka.lag', 'FEWER', 'MORE'],
  ['orders.failed', 'FEWER', 'MORE'],
  ['cpu.perOrderMs', 'LESS', 'MORE'],
  ['database.cpuPerOrderMs', 'LESS', 'MORE'],
  ['memory.shopGrowthMb', 'LESS', 'MORE'],
  ['http.failedRatio', 'LOWER', 'HIGHER'],
  ['orders.perSecond', 'LOWER', 'HIGHER'],
  ['cache.hitRatio', 'LOWER', 'HIGHER'],
])('%s that fell is %s, that rose %s', (metric, fallen, risen) => {
  expect(changeWords(metric)).toEqual({ fallen, risen });
});

test('only waits are fast or slow, and whatever is told in ms or s says what it is', () => {
  const fast = METRICS.filter(({ name }) => changeWords(name).fallen === 'FASTER');
  expect(fast.filter(({ unit }) => unit !== 'ms' && unit !== 's')).toEqual([]);
  const undeclared = METRICS.filter(
    ({ kind, unit, changes }) =>
      kind !== 'latency' && (unit === 'ms' || unit === 's') && changes === undefined,
  );
  expect(undeclared.map(({ name }) => name)).toEqual([]);
});
