import { expect, it } from 'vitest';
import { walkShop } from './walk-testing.ts';

it('lets a shopper of Medusa look, fill a cart, buy and find the order again, and its owner count', async () => {
  const sinceMs = Date.now();
  const { verbs, answers } = await walkShop('medusa', [
    { kind: 'discover' },
    { kind: 'walk' },
    { kind: 'orders-since', sinceMs },
    { kind: 'stock', itemIds: [] },
  ]);
  const [discovered, walked, listed, counted] = answers;
  if (discovered?.kind !== 'discover' || walked?.kind !== 'walk') throw new Error('other answers');
  expect(discovered.discovery.items).toHaveLength(100);
  expect(verbs.filter(({ end }) => end === 'failed' || end === 'refused')).toEqual([]);
  expect(verbs.flatMap(({ doubts }) => doubts)).toEqual([]);
  expect(walked).toMatchObject({ isComplete: true, orderId: expect.any(String) });
  expect(listed).toMatchObject({
    orders: [{ orderId: walked.orderId, lines: [{ id: walked.itemId, quantity: 1 }] }],
  });
  // Of one that stands no state is told.
  if (listed?.kind !== 'orders-since') throw new Error('another answer');
  expect(listed.orders[0]?.state).toBeUndefined();
  if (counted?.kind !== 'stock') throw new Error('another answer');
  expect(Object.values(counted.stock).filter((count) => count === 5).length).toBeGreaterThanOrEqual(10);
}, 900_000);
