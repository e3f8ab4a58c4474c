import { describe, expect, it } from 'vitest';
import { ROOMS, type Room, roomOf } from '../../shopper/state/rooms.ts';
import type { Step } from '../../shopper/state/steps.ts';
import { createWhereabouts } from './whereabouts.ts';

const EMPTY = Object.fromEntries(ROOMS.map((room) => [room, 0]));

describe('where people are', () => {
  it('is a number for each room, and how many went from where to where since it was last asked', () => {
    const whereabouts = createWhereabouts();
    for (let person = 0; person < 3; person += 1) whereabouts.moved(null, 'home');
    whereabouts.moved('home', 'list');
    whereabouts.moved('list', 'list');
    expect(whereabouts.take()).toEqual({
      inside: { ...EMPTY, home: 2, list: 1 },
      moves: [
        { from: null, to: 'home', count: 3 },
        { from: 'home', to: 'list', count: 1 },
      ],
    });
    whereabouts.moved('list', null);
    expect(whereabouts.take()).toEqual({
      inside: { ...EMPTY, home: 2 },
      moves: [{ from: 'list', to: null, count: 1 }],
    });
  });

  it('follows a visit: what is done on a page leaves its shopper there, and leaving leads outside', () => {
    const steps: Step[] = [
      { kind: 'arrive', signIn: 'session' },
      { kind: 'list', categoryId: 1, sort: 'popular', page: 1 },
      { kind: 'view-product', productId: 7 },
      { kind: 'set-cart-line', productId: 7, quantity: 1, change: 'cart-create' },
      { kind: 'view-recommendations', list: 'viewed' },
      { kind: 'view-cart' },
      { kind: 'remove-cart-line', productId: 7 },
      { kind: 'place-order', lines: [], paymentMethod: 'card' },
      { kind: 'await-outcome' },
      { kind: 'view-orders' },
      { kind: 'leave', because: 'bought' },
    ];
    let room: Room | null = null;
    const way = steps.map((step) => {
      room = roomOf(step, room);
      return room;
    });
    expect(way).toEqual([
      'home',
      'list',
      'product',
      'product',
      'product',
      'cart',
      'cart',
      'checkout',
      'checkout',
      'orders',
      null,
    ]);
  });
});
