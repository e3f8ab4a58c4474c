// Which products are on the wish list of whoever is signed in, read once and kept in step.
import type { Api } from './api.ts';
import type { Session } from './session.ts';

export type Wishes = {
  /** null where nobody is signed in, or the shop keeps none. */
  ids(): Promise<ReadonlySet<number> | null>;
  /** As far as is known without asking. */
  known(): ReadonlySet<number> | null;
  /** Tells when other ones are known, and sees to it that they are; call what it gives to hear no more. */
  follow(listener: () => void): () => void;
  add(productId: number): Promise<void>;
  remove(productId: number): Promise<void>;
};

type Deps = { session: Pick<Session, 'customerId'>; api: Pick<Api, 'wishes' | 'wish' | 'unwish'> };
type Ids = ReadonlySet<number>;

export function createWishes({ session, api }: Deps): Wishes {
  let asked: { customerId: string; ids: Promise<Ids | null> } | null = null;
  let known: { customerId: string; ids: Ids } | null = null;
  const listeners = new Set<() => void>();

  function forget(): void {
    asked = null;
  }
  function know(customerId: string, ids: Ids): void {
    known = { customerId, ids };
    for (const listener of listeners) listener();
  }
  const read = (): Promise<Ids | null> =>
    api.wishes().then(
      ({ items }) => new Set(items.map(({ id }) => id)),
      () => null,
    );
  async function ask(customerId: string): Promise<Ids | null> {
    if (asked?.customerId === customerId) return asked.ids;
    const asking = { customerId, ids: read() };
    asked = asking;
    const ids = await asking.ids;
    // What was read while something changed may be from before it.
    if (asked !== asking) return ids;
    if (ids === null) forget();
    else know(customerId, ids);
    return ids;
  }
  const ids = async (): Promise<Ids | null> => {
    const customerId = session.customerId();
    return customerId === null ? null : ask(customerId);
  };
  /** Whatever became of a change: the next look asks the shop, and whoever follows looks at once. */
  async function changing(change: Promise<unknown>): Promise<void> {
    forget();
    await change.finally(forget);
    if (listeners.size > 0) await ids();
  }
  return {
    ids,
    known: () => (known !== null && known.customerId === session.customerId() ? known.ids : null),
    follow(listener) {
      listeners.add(listener);
      void ids();
      return () => void listeners.delete(listener);
    },
    add: (productId) => changing(api.wish(productId)),
    remove: (productId) => changing(api.unwish(productId)),
  };
}
