import { Encoder, PacketType } from 'socket.io-parser';
import { expect, it } from 'vitest';
import { changedMsOf, createCountersOfSocket } from './counters-of-socket.ts';

/** As a message of engine.io. */
const encoded = (event: string, payload: unknown): string =>
  `4${new Encoder().encode({ type: PacketType.EVENT, nsp: '/', data: [event, payload] })[0]}`;

it('reads of a message when its change happened, and of no other message anything', () => {
  const products = [{ productId: 1, viewing: 3 }];
  expect(changedMsOf(encoded('counters:changed', { changedMs: 12_345.678, products }))).toBe(12_345.678);
  expect(changedMsOf(encoded('counters:changed', { changedMs: null, products }))).toBeNull();
  expect(changedMsOf(encoded('order:confirmed', { changedMs: 5 }))).toBeUndefined();
});

it('says only what has changed, and all of it after a connect', () => {
  let isConnected = false;
  const said: unknown[] = [];
  const counters = createCountersOfSocket({
    view: (productId) => said.push(productId),
    watch: (productIds) => said.push(productIds),
    isConnected: () => isConnected,
  });
  counters.show({ productIds: [1, 2, 1], viewedId: null });
  expect(said).toEqual([]);
  isConnected = true;
  counters.connected();
  counters.show({ productIds: [1, 2], viewedId: 2 });
  counters.show({ productIds: [1, 2], viewedId: 2 });
  counters.connected();
  counters.show({ productIds: [], viewedId: null });
  expect(said).toEqual([[1, 2], 2, 2, [1, 2], null, []]);
});
