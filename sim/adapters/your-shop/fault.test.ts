import { expect, it } from 'vitest';
import { faultSentence, placeOf } from './fault.ts';

const file = '/shops/my-shop.ts';

it.each<[string, string, string | null]>([
  ['of the file', '    at Object.product (file:///shops/my-shop.ts:12:34)', 'my-shop.ts:12'],
  ['without a name', '    at file:///shops/my-shop.ts:7:1', 'my-shop.ts:7'],
  ['of a syntax error', 'file:///shops/my-shop.ts:3', 'my-shop.ts:3'],
  ['of what it imports', '    at read (/shops/lib/prices.ts:5:6)', 'lib/prices.ts:5'],
  ['of Node', '    at listOnTimeout (node:internal/timers:685:17)', null],
  ['of Node without a name', '    at node:internal/timers:685:17', null],
])('the place %s', (_, frame, place) => {
  expect(placeOf(`Error: it broke\n${frame}`, file)).toBe(place);
});

it('what broke nowhere in the file is told with its name alone', () => {
  const error = new Error('no end in time');
  error.stack = 'Error: no end in time\n    at processTimers (node:internal/timers:523:7)';
  expect(faultSentence('outcome', error, file)).toBe('outcome (my-shop.ts): no end in time');
});
