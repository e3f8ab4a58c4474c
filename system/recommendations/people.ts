// What is remembered of each person: their newest actions in the order in which they happened, and which of them were answered.
import { ACTIONS_COUNTED, type SeenAction } from './lists/seen-action.ts';

/** People remembered; whoever did nothing for longest goes first. */
const PEOPLE_MOST = 50_000;

export type Person = {
  /** By their time, oldest first. */
  actions: SeenAction[];
  /** When the newest of them was taken in here, on the monotonic clock. */
  activeMs: number;
  /** Ids of `actions` that were pushed with lists that they are in. */
  answered: Set<string>;
  /** What they did before this process knew of them is in `actions`. */
  isRecalled: boolean;
};

export type People = {
  get(customerId: number): Person | undefined;
  /**
   * Takes an action in; false when it is there already, or older than all that count, and changes nothing then but that the person
   * is active.
   */
  add(customerId: number, action: SeenAction, activeMs: number): boolean;
  /** Takes in what they did before, without being active for it; gives those that were not there already. */
  recall(customerId: number, actions: readonly SeenAction[]): SeenAction[];
  /** Those who were active at this time or later. */
  activeSince(sinceMs: number): number[];
};

export function createPeople(): People {
  const people = new Map<number, Person>();
  function personOf(customerId: number): Person {
    const person = people.get(customerId) ?? newPerson();
    // The newest stand at the end.
    people.delete(customerId);
    people.set(customerId, person);
    if (people.size > PEOPLE_MOST) {
      const [oldest = customerId] = people.keys();
      people.delete(oldest);
    }
    return person;
  }
  return {
    get: (customerId) => people.get(customerId),
    add(customerId, action, activeMs) {
      const person = personOf(customerId);
      person.activeMs = Math.max(person.activeMs, activeMs);
      return insert(person, action);
    },
    recall(customerId, actions) {
      const person = personOf(customerId);
      person.isRecalled = true;
      return actions.filter((action) => insert(person, action));
    },
    activeSince: (sinceMs) =>
      [...people].filter(([, { activeMs }]) => activeMs >= sinceMs).map(([customerId]) => customerId),
  };
}

const newPerson = (): Person => ({
  actions: [],
  activeMs: Number.NEGATIVE_INFINITY,
  answered: new Set(),
  isRecalled: false,
});

function insert({ actions, answered }: Person, action: SeenAction): boolean {
  let place = actions.length;
  for (; place > 0; place--) {
    const other = actions[place - 1];
    if (other === undefined || !isAfter(other, action)) break;
  }
  if (actions[place - 1]?.id === action.id) return false;
  if (actions.length === ACTIONS_COUNTED) {
    if (place === 0) return false;
    const [oldest] = actions.splice(0, 1);
    if (oldest !== undefined) answered.delete(oldest.id);
    place -= 1;
  }
  actions.splice(place, 0, action);
  return true;
}

/** Ids of the same time are in order where they are of one sender. */
function isAfter(one: SeenAction, other: SeenAction): boolean {
  return one.actedMs > other.actedMs || (one.actedMs === other.actedMs && one.id > other.id);
}
