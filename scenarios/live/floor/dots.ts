// Where the dots of the floor plan go from one moment to the next. A dot stands for some people, so that a full shop stays
// readable; it follows the moves that the generator told, and what they do not explain is made good at the door. Pure, and the
// same moments give the same floor.
import { ROOMS, type Room } from '../../../sim/shopper/state/rooms.ts';
import type { Whereabouts } from '../moment.ts';

/** As many as can be told apart on a screen. */
export const MOST_DOTS = 160;
/** With fewer than this share of them a dot stands for fewer people again. */
const FEW_RATIO = 0.2;

/** `room` is null for a dot on its way out, which is gone at the next moment. No two dots of a room share a slot. */
export type Dot = { id: number; room: Room | null; slot: number };

export type Floor = { peoplePerDot: number; dots: readonly Dot[]; nextId: number };

export const EMPTY_FLOOR: Floor = { peoplePerDot: 1, dots: [], nextId: 0 };

/** The smallest of 1, 2, 5, 10, 20, … with which there are dots enough for so many people. */
export function peoplePerDot(peopleCount: number): number {
  for (let unit = 1; ; unit *= 10)
    for (const step of [1, 2, 5]) if (peopleCount <= MOST_DOTS * unit * step) return unit * step;
}

/** How many people a dot stands for now; what it stood for stays while that is readable, so that dots do not come and go. */
function keptUnit(before: number, peopleCount: number): number {
  const dotCount = peopleCount / before;
  const isReadable = dotCount <= MOST_DOTS && (before === 1 || dotCount >= FEW_RATIO * MOST_DOTS);
  return isReadable ? before : peoplePerDot(peopleCount);
}

/** The floor of the next moment; null for a shop in which nobody is yet or any more. */
export function nextFloor(before: Floor, told: Whereabouts | null): Floor {
  const inside = before.dots.filter(({ room }) => room !== null);
  if (told === null) return { ...before, dots: inside.map((dot) => ({ ...dot, room: null })) };
  const total = ROOMS.reduce((sum, room) => sum + told.inside[room], 0);
  const unit = keptUnit(before.peoplePerDot, total);
  const floor = createMoving(inside, before.nextId);
  // No more than the floor can show: a rush through the door is told by the numbers.
  for (const { from, to, count } of told.moves)
    floor.move(from, to, Math.min(MOST_DOTS, Math.round(count / unit)));
  // Somebody in a room is to be seen there, however many a dot stands for.
  const wanted = (room: Room) =>
    Math.max(told.inside[room] > 0 ? 1 : 0, Math.round(told.inside[room] / unit));
  const surplus = (room: Room) => floor.countIn(room) - wanted(room);
  for (const room of ROOMS) {
    for (const other of ROOMS) {
      const missing = Math.min(-surplus(room), surplus(other));
      if (missing > 0) floor.move(other, room, missing, 'again');
    }
  }
  for (const room of ROOMS) {
    const more = surplus(room);
    if (more > 0) floor.move(room, null, more, 'again');
    else floor.move(null, room, -more);
  }
  return { peoplePerDot: unit, ...floor.settled() };
}

/** The dots while they move: each once, but for those that the numbers need elsewhere again. */
function createMoving(inside: readonly Dot[], firstId: number) {
  const dots = inside.map((dot) => ({ ...dot, cameFrom: dot.room, hasMoved: false }));
  let nextId = firstId;
  return {
    countIn: (room: Room): number => dots.filter((dot) => dot.room === room).length,
    move(from: Room | null, to: Room | null, count: number, again?: 'again'): void {
      if (from === null) {
        for (let index = 0; index < count; index += 1)
          dots.push({ id: nextId++, room: to, slot: -1, cameFrom: null, hasMoved: true });
        return;
      }
      const candidates = dots.filter((dot) => dot.room === from && (again !== undefined || !dot.hasMoved));
      for (const dot of candidates.slice(0, count)) {
        dot.room = to;
        dot.hasMoved = true;
      }
    },
    /** Whoever stayed keeps its slot; whoever came takes the first that is free. Who came and left at once was never there. */
    settled(): Pick<Floor, 'dots' | 'nextId'> {
      const seen = dots.filter(({ room, cameFrom }) => room !== null || cameFrom !== null);
      const slots = new Map<Room, Set<number>>(ROOMS.map((room) => [room, new Set()]));
      for (const { room, cameFrom, slot } of seen)
        if (room !== null && room === cameFrom) slots.get(room)?.add(slot);
      return {
        nextId,
        dots: seen.map(({ id, room, cameFrom, slot }) => {
          if (room === null || room === cameFrom) return { id, room, slot };
          const taken = slots.get(room) ?? new Set();
          let free = 0;
          while (taken.has(free)) free += 1;
          taken.add(free);
          return { id, room, slot: free };
        }),
      };
    },
  };
}
