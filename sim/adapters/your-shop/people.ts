// Who visits: guests with a name and an address made for the run, or the accounts of a file, each by one visitor at a time.
import { randomBytes } from 'node:crypto';
import type { ShopPerson } from './define-shop.ts';
import { ShopMistake, shown } from './shop-mistake.ts';

export type PersonOf = (personId: number) => ShopPerson;

/**
 * A new guest for every visit, with an address that no other single run and no other generator of this one gives: what the shop has
 * under it is of that visit alone. Nobody's mail is ever sent: the domain is reserved for examples.
 */
export function createGuests(runId: string): PersonOf {
  const own = randomBytes(4).toString('hex');
  let guestCount = 0;
  return () => {
    guestCount += 1;
    return {
      email: `shopper-${runId}-${own}-${guestCount}@stampede.example`.toLowerCase(),
      password: null,
      name: `Stampede Shopper ${guestCount}`,
      columns: {},
    };
  };
}

/** People numbered from 1 in the order of the accounts. */
export function peopleOfAccounts(accounts: readonly ShopPerson[]): PersonOf {
  return (personId) => {
    const account = accounts[personId - 1];
    if (account === undefined)
      throw new Error(`the plan names person ${personId}, and there are ${accounts.length} accounts`);
    return account;
  };
}

/** @throws ShopMistake about the first that is not as it must be */
export function checkPeople(found: unknown): readonly ShopPerson[] {
  const next = 'Look at what `people` reads.';
  if (!Array.isArray(found) || found.length === 0)
    throw new ShopMistake(
      `people: found ${Array.isArray(found) ? 'nobody' : shown(found)}, needed is a list of accounts. ${next}`,
    );
  const rows = new Map<string, number>();
  for (const [index, person] of found.entries()) {
    const email: unknown = person?.email;
    if (typeof email !== 'string' || email === '')
      throw new ShopMistake(
        `people: the email of account ${index + 1} is ${shown(email)}, needed is a text. ${next}`,
      );
    const first = rows.get(email);
    if (first !== undefined)
      throw new ShopMistake(
        `people: accounts ${first + 1} and ${index + 1} are both ${shown(email)}, needed is each once: none may be used twice at a time. ${next}`,
      );
    rows.set(email, index);
  }
  return found as readonly ShopPerson[];
}
