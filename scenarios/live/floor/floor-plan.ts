// The floor plan of the shop, wide for a screen on the wall and narrow for a phone, and the spot of each slot in a room.
import type { Room } from '../moment.ts';

export type Rect = { x: number; y: number; width: number; height: number };
export type Point = { x: number; y: number };

/** Lengths are those of the drawing's own coordinates. */
export type FloorPlan = {
  width: number;
  height: number;
  /** Where people come in and go out. */
  door: Point;
  rooms: Readonly<Record<Room, Rect>>;
  /** Of a dot. */
  radius: number;
  /** Sizes of a room's name and of its number. */
  nameSize: number;
  numberSize: number;
};

export const ROOM_NAMES: Readonly<Record<Room, string>> = {
  home: 'Home',
  list: 'Lists',
  search: 'Search',
  product: 'Product',
  cart: 'Cart',
  checkout: 'Checkout',
  orders: 'Orders',
};

export const WIDE_PLAN: FloorPlan = {
  width: 1_200,
  height: 400,
  door: { x: 0, y: 130 },
  rooms: {
    home: { x: 10, y: 0, width: 300, height: 195 },
    search: { x: 320, y: 0, width: 300, height: 195 },
    list: { x: 630, y: 0, width: 570, height: 195 },
    product: { x: 10, y: 205, width: 550, height: 195 },
    cart: { x: 570, y: 205, width: 190, height: 195 },
    checkout: { x: 770, y: 205, width: 230, height: 195 },
    orders: { x: 1_010, y: 205, width: 190, height: 195 },
  },
  radius: 8,
  nameSize: 26,
  numberSize: 44,
};

export const NARROW_PLAN: FloorPlan = {
  width: 360,
  height: 580,
  door: { x: 0, y: 80 },
  rooms: {
    home: { x: 4, y: 0, width: 173, height: 140 },
    search: { x: 185, y: 0, width: 175, height: 140 },
    list: { x: 4, y: 148, width: 356, height: 138 },
    product: { x: 4, y: 294, width: 356, height: 148 },
    cart: { x: 4, y: 450, width: 113, height: 130 },
    checkout: { x: 125, y: 450, width: 114, height: 130 },
    orders: { x: 247, y: 450, width: 113, height: 130 },
  },
  radius: 5,
  nameSize: 15,
  numberSize: 24,
};

/** Steps of the additive sequence with the plastic number, whose points keep apart however many there are (Roberts 2018). */
const STEP = { x: 0.7548776662466927, y: 0.5698402909980532 } as const;

/** Whether a room has its number beside its name, else below it. */
export const isWideRoom = ({ rooms, nameSize }: FloorPlan, room: Room): boolean =>
  rooms[room].width > 10 * nameSize;

/** What name and number take of a room's height. */
export function headHeightOf(plan: FloorPlan, room: Room): number {
  const { nameSize, numberSize } = plan;
  return isWideRoom(plan, room) ? 1.35 * numberSize : 1.35 * nameSize + 1.15 * numberSize;
}

/** Where in its room the dot of a slot stands: below the room's name, never on a wall. */
export function spotOf(plan: FloorPlan, room: Room, slot: number): Point {
  const { x, y, width, height } = plan.rooms[room];
  const margin = plan.radius * 1.8;
  const top = headHeightOf(plan, room) + plan.radius;
  const along = (step: number): number => (0.5 + step * (slot + 1)) % 1;
  return {
    x: x + margin + along(STEP.x) * (width - 2 * margin),
    y: y + top + along(STEP.y) * (height - top - margin),
  };
}
