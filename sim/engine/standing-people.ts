// People who stand ready for the whole run: an arrival goes to whoever has been free the longest, whomever the plan named.
import type { FreePeople } from './free-people.ts';

/** Whomever the plan names takes the start, whatever they wait for: who waits for lists goes on acting. */
export const peopleInTurn: FreePeople = { take: (personId) => personId, release: () => undefined };

/** All are free at first, in this order. Taking and giving back cost the same however many there are. */
export function createStandingPeople(personIds: readonly number[]): FreePeople {
  // A ring with a place for everybody, so that nobody who is given back has to wait for one.
  const free = Int32Array.from(personIds);
  let freeCount = free.length;
  let first = 0;
  return {
    take() {
      const personId = free[first];
      if (freeCount === 0 || personId === undefined) return null;
      first = (first + 1) % free.length;
      freeCount -= 1;
      return personId;
    },
    release(personId) {
      if (freeCount === free.length)
        throw new Error(`person ${personId} was given back, but all ${free.length} people are free already`);
      free[(first + freeCount) % free.length] = personId;
      freeCount += 1;
    },
  };
}
