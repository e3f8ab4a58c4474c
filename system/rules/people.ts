// Whom the rules remember: a bounded number of people, and for each product those who are on its page.
import { createPerson, type Person } from './person.ts';
import type { RuleAction } from './rule-action.ts';

/** Whoever did nothing for longest goes first; what they did is in the behaviour log. */
const PEOPLE_MOST = 50_000;

export type People = {
  get(customerId: number): Person | undefined;
  /** False when the action is known already. */
  learn(customerId: number, action: RuleAction): boolean;
  /** Those who are on the product's page and did something since (Unix ms). */
  viewersOf(productId: number, sinceMs: number): number[];
  isRecalled(customerId: number): boolean;
  /** What they did before is among what was learnt. */
  recalled(customerId: number): void;
  clear(): void;
  count(): number;
};

type Remembered = { person: Person; isRecalled: boolean; actedMs: number };

/** @param onForgotten told of each who is let go. */
export function createPeople(onForgotten: (customerId: number) => void): People {
  const people = new Map<number, Remembered>();
  const viewers = new Map<number, Set<number>>();

  function remembered(customerId: number): Remembered {
    const found = people.get(customerId) ?? { person: createPerson(), isRecalled: false, actedMs: 0 };
    // The newest stand at the end.
    people.delete(customerId);
    people.set(customerId, found);
    if (people.size > PEOPLE_MOST) {
      const [oldest = customerId] = people.keys();
      move(oldest, people.get(oldest)?.person.viewing()?.productId, undefined);
      people.delete(oldest);
      onForgotten(oldest);
    }
    return found;
  }
  function move(customerId: number, from: number | undefined, to: number | undefined): void {
    if (from === to) return;
    if (from !== undefined) {
      const others = viewers.get(from);
      if (others?.delete(customerId) && others.size === 0) viewers.delete(from);
    }
    if (to !== undefined) viewers.set(to, (viewers.get(to) ?? new Set()).add(customerId));
  }
  return {
    get: (customerId) => people.get(customerId)?.person,
    learn(customerId, action) {
      const one = remembered(customerId);
      one.actedMs = Math.max(one.actedMs, action.actedMs);
      const before = one.person.viewing()?.productId;
      const isNew = one.person.learn(action);
      move(customerId, before, one.person.viewing()?.productId);
      return isNew;
    },
    viewersOf: (productId, sinceMs) =>
      [...(viewers.get(productId) ?? [])].filter(
        (customerId) => (people.get(customerId)?.actedMs ?? 0) >= sinceMs,
      ),
    isRecalled: (customerId) => people.get(customerId)?.isRecalled ?? false,
    recalled(customerId) {
      remembered(customerId).isRecalled = true;
    },
    clear() {
      people.clear();
      viewers.clear();
    },
    count: () => people.size,
  };
}
