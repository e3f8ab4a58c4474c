import { expect, it } from 'vitest';
import { stopOrder } from './shop-processes.ts';

it('stops all API processes together before all others, in whichever order they came up', () => {
  const process = (name: string, ...roles: string[]) => ({ plan: { name, roles } });
  const [consumer, api, recommender, second] = [
    process('orders-consumer', 'orders-consumer'),
    process('api', 'api'),
    process('recommender', 'recommender'),
    process('api-2', 'api'),
  ];
  expect(stopOrder([consumer, api, recommender, second])).toEqual([
    [api, second],
    [consumer, recommender],
  ]);
  expect(stopOrder([])).toEqual([[], []]);
});
