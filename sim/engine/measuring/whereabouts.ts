// How many people are in which room of the shop, and how many went from where to where: two additions for each step, so that
// somebody can look on without the generator feeling it. It tells of numbers only, never of a person.
import { ROOMS, type Room } from '../../shopper/state/rooms.ts';
import type { Whereabouts } from '../protocol/protocol.ts';

export type WhereaboutsCounter = {
  /** Somebody went from one room to another; null is outside. */
  moved(from: Room | null, to: Room | null): void;
  /** How it stands, with the moves since the last call. */
  take(): Whereabouts;
};

/** Outside, then the rooms. */
const PLACES: readonly (Room | null)[] = [null, ...ROOMS];

export function createWhereabouts(): WhereaboutsCounter {
  const inside = new Int32Array(PLACES.length);
  const moves = new Int32Array(PLACES.length * PLACES.length);

  /** Those of the moves that were made, the most frequent first. */
  function movesMade(): Whereabouts['moves'] {
    return PLACES.flatMap((from, row) =>
      PLACES.flatMap((to, column) => {
        const count = moves[row * PLACES.length + column] ?? 0;
        return count === 0 ? [] : [{ from, to, count }];
      }),
    ).sort((a, b) => b.count - a.count);
  }
  return {
    moved(from, to) {
      if (from === to) return;
      const [row, column] = [PLACES.indexOf(from), PLACES.indexOf(to)];
      inside[row] = (inside[row] ?? 0) - 1;
      inside[column] = (inside[column] ?? 0) + 1;
      const cell = row * PLACES.length + column;
      moves[cell] = (moves[cell] ?? 0) + 1;
    },
    take() {
      const count = (room: Room): number => inside[PLACES.indexOf(room)] ?? 0;
      const taken = {
        inside: {
          home: count('home'),
          list: count('list'),
          search: count('search'),
          product: count('product'),
          cart: count('cart'),
          checkout: count('checkout'),
          orders: count('orders'),
        },
        moves: movesMade(),
      };
      moves.fill(0);
      return taken;
    },
  };
}
