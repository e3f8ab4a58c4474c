// Which products are on the wish list of whoever is signed in, read once and kept in step.
import type { Api } from './api.ts';
import type { Session } from './session.ts';

export type Wishes = {
  /** null where nobody is signed in, or the shop keeps none. */
  ids(): Promise<ReadonlySet<number> | null>;
  add(productId: number): Promise<void>;
  remove(productId: number): Promise<void>;
};

type Deps = { session: Pick<Session, 'customerId'>; api: Pick<Api, 'wishes' | 'wish' | 'unwish'> };

export function createWishes({ session, api }: Deps): Wishes {
  let known: { customerId: string; ids: Promise<ReadonlySet<number> | null> } | null = null;

  function forget(): void {
    known = null;
  }
  /** Whatever became of a change: the next look asks the shop. What was read meanwhile may be from before it. */
  async function changing(change: Promise<unknown>): Promise<void> {
    forget();
    await change.finally(forget);
  }
  const read = (): Promise<ReadonlySet<number> | null> =>
    api.wishes().then(
      ({ items }) => new Set(items.map(({ id }) => id)),
      () => null,
    );
  return {
    async ids() {
      const customerId = session.customerId();
      if (customerId === null) return null;
      if (known?.customerId !== customerId) known = { customerId, ids: read() };
      const looked = known;
      const ids = await looked.ids;
      if (ids === null && known === looked) forget();
      return ids;
    },
    add: (productId) => changing(api.wish(productId)),
    remove: (productId) => changing(api.unwish(productId)),
  };
}
