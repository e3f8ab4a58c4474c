import { describe, expect, it } from 'vitest';
import { ROOMS, type Room } from '../../../sim/shopper/state/rooms.ts';
import type { Whereabouts } from '../moment.ts';
import { EMPTY_FLOOR, type Floor, MOST_DOTS, nextFloor, peoplePerDot } from './dots.ts';
import { headHeightOf, NARROW_PLAN, spotOf, WIDE_PLAN } from './floor-plan.ts';

const NOBODY = { home: 0, list: 0, search: 0, product: 0, cart: 0, checkout: 0, orders: 0 };
const told = (inside: Partial<Record<Room, number>>, moves: Whereabouts['moves'] = []): Whereabouts => ({
  inside: { ...NOBODY, ...inside },
  moves,
});
const countsOf = ({ dots }: Floor) =>
  Object.fromEntries(
    [...Map.groupBy(dots, ({ room }) => room ?? 'leaving')].map(([room, { length }]) => [room, length]),
  );
const idsIn = ({ dots }: Floor, room: Room | null) =>
  dots.filter((dot) => dot.room === room).map(({ id }) => id);

describe('the dots of the floor plan', () => {
  it('are as many as there are people in each room, and walk where people walked', () => {
    const first = nextFloor(EMPTY_FLOOR, told({ home: 3 }));
    expect(countsOf(first)).toEqual({ home: 3 });
    const moves = [
      { from: 'home', to: 'product', count: 2 },
      { from: null, to: 'home', count: 1 },
    ] as const;
    const second = nextFloor(first, told({ home: 2, product: 2 }, moves));
    expect(idsIn(second, 'product')).toEqual([0, 1]);
    expect(idsIn(second, 'home')).toEqual([2, 3]);
    const third = nextFloor(second, told({ home: 2, product: 1 }, [{ from: 'product', to: null, count: 1 }]));
    expect(idsIn(third, null)).toEqual([0]);
    expect(countsOf(nextFloor(third, told({ home: 2, product: 1 })))).toEqual({ home: 2, product: 1 });
  });

  it('change places where as many go one way as the other, which no number shows', () => {
    const first = nextFloor(EMPTY_FLOOR, told({ list: 2, product: 2 }));
    const exchanged = nextFloor(
      first,
      told({ list: 2, product: 2 }, [
        { from: 'list', to: 'product', count: 1 },
        { from: 'product', to: 'list', count: 1 },
      ]),
    );
    expect(idsIn(exchanged, 'list').toSorted()).toEqual([1, 2]);
    expect(countsOf(exchanged)).toEqual({ list: 2, product: 2 });
  });

  it('follow the numbers where no move explains them, from other rooms first and then from the door', () => {
    const first = nextFloor(EMPTY_FLOOR, told({ home: 4 }));
    const second = nextFloor(first, told({ home: 1, cart: 2, orders: 3 }));
    expect(countsOf(second)).toEqual({ home: 1, cart: 2, orders: 3 });
    expect(second.nextId).toBe(6);
  });

  it('all go out when nobody is inside any more', () => {
    const first = nextFloor(EMPTY_FLOOR, told({ home: 4 }));
    expect(countsOf(nextFloor(first, null))).toEqual({ leaving: 4 });
    expect(nextFloor(nextFloor(first, null), null).dots).toEqual([]);
  });

  it.each([
    [160, 1],
    [161, 2],
    [800, 5],
    [3_000, 20],
    [1_000_000, 10_000],
  ])('of %d people stand for %d each', (peopleCount, expected) => {
    expect(peoplePerDot(peopleCount)).toBe(expected);
  });

  it('stay few, keep their slots and are the same for the same moments, whatever comes', () => {
    const chance = (() => {
      let state = 7;
      return (below: number) => {
        state = (state * 48_271) % 2_147_483_647;
        return state % below;
      };
    })();
    const moments = Array.from({ length: 200 }, (_, index) =>
      told(
        Object.fromEntries(ROOMS.map((room) => [room, chance(index % 50 === 0 ? 4_000 : 120)])),
        ROOMS.map((room) => ({ from: room, to: ROOMS[chance(ROOMS.length)]!, count: chance(90) })),
      ),
    );
    const walk = () => {
      const floors: Floor[] = [];
      for (const moment of moments) floors.push(nextFloor(floors.at(-1) ?? EMPTY_FLOOR, moment));
      return floors;
    };
    const floors = walk();
    expect(walk()).toEqual(floors);
    for (const { dots } of floors) {
      const inside = dots.filter(({ room }) => room !== null);
      expect(inside.length).toBeLessThanOrEqual(MOST_DOTS + ROOMS.length);
      expect(new Set(inside.map(({ room, slot }) => `${room} ${slot}`)).size).toBe(inside.length);
      expect(inside.every(({ slot }) => slot >= 0)).toBe(true);
    }
  });
});

describe.each([
  ['wide', WIDE_PLAN],
  ['narrow', NARROW_PLAN],
])('the %s plan', (_, plan) => {
  it('has every room inside it, and no two over one another', () => {
    for (const room of ROOMS) {
      const { x, y, width, height } = plan.rooms[room];
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(plan.width);
      expect(y + height).toBeLessThanOrEqual(plan.height);
      for (const other of ROOMS.filter((candidate) => candidate !== room)) {
        const beside = plan.rooms[other];
        const isApart =
          x + width <= beside.x ||
          beside.x + beside.width <= x ||
          y + height <= beside.y ||
          beside.y + beside.height <= y;
        expect(isApart, `${room} and ${other}`).toBe(true);
      }
    }
  });

  it('has every dot within the walls of its room and below its name', () => {
    for (const room of ROOMS) {
      const { x, y, width, height } = plan.rooms[room];
      for (let slot = 0; slot < MOST_DOTS; slot += 1) {
        const spot = spotOf(plan, room, slot);
        expect(spot.x - plan.radius).toBeGreaterThan(x);
        expect(spot.x + plan.radius).toBeLessThan(x + width);
        expect(spot.y - plan.radius).toBeGreaterThan(y + headHeightOf(plan, room) - 0.001);
        expect(spot.y + plan.radius).toBeLessThan(y + height);
      }
    }
  });
});
