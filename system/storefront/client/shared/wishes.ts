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
  let known: { customerId: string; ids: Set<number> } | null = null;

  /** Whatever became of a change: the next look asks the shop. */
  async function changing(change: Promise<unknown>): Promise<void> {
    known = null;
    await change;
  }
  return {
    async ids() {
      const customerId = session.customerId();
      if (customerId === null) return null;
      if (known?.customerId === customerId) return known.ids;
      const list = await api.wishes().catch(() => null);
      if (list === null) return null;
      known = { customerId, ids: new Set(list.items.map(({ id }) => id)) };
      return known.ids;
    },
    add: (productId) => changing(api.wish(productId)),
    remove: (productId) => changing(api.unwish(productId)),
  };
}
