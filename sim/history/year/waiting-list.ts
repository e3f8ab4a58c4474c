// The founders' hot customers, kept in order while orders come, so that choosing them costs no sort of everybody.
import { HOT_POOL } from '../../model/candidates.ts';
import type { Person } from '../../model/person.ts';

export type WaitingList = {
  /** Moves a person behind everybody who ordered before. */
  ordered(person: Person): void;
  /**
   * The pool at an instant by the 600/400 rule: those with orders, the longest ago first, and those without, the newest
   * first; where one kind is short the other fills up. Who has not signed up yet is not in it.
   */
  hotPool(atMs: number, size: number): Person[];
};

/** `people` in order of sign-up. */
export function createWaitingList(people: readonly Person[]): WaitingList {
  // A Map keeps the order of insertion: the first is the one whose last order is longest ago.
  const withOrders = new Map<number, Person>();
  const without: Person[] = [];
  let signedUp = 0;
  return {
    ordered: (person) => {
      withOrders.delete(person.id);
      withOrders.set(person.id, person);
    },
    hotPool: (atMs, size) => {
      while (signedUp < people.length && (people[signedUp]?.createdAtMs ?? Infinity) <= atMs) {
        const person = people[signedUp];
        if (person && person.status !== 'WITHDRAWN') without.push(person);
        signedUp += 1;
      }
      dropOrdered(without);
      const share = Math.round(size * HOT_POOL.withOrdersRatio);
      const withoutCount = Math.min(without.length, Math.max(size - share, size - withOrders.size));
      const pool: Person[] = [];
      for (const person of withOrders.values()) {
        if (pool.length >= size - withoutCount) break;
        pool.push(person);
      }
      for (let i = 0; i < withoutCount; i += 1) {
        const person = without[without.length - 1 - i];
        if (person) pool.push(person);
      }
      return pool;
    },
  };
}

/** Takes out in place who has ordered meanwhile. */
function dropOrdered(people: Person[]): void {
  let kept = 0;
  for (const person of people) {
    if (person.lastOrderedAtMs !== null) continue;
    people[kept] = person;
    kept += 1;
  }
  people.length = kept;
}
