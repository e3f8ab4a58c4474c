// The heart that puts a product onto the wish list and takes it off: on its page, and on its picture wherever it is listed.
import { createContext } from 'preact';
import { useContext, useEffect, useReducer } from 'preact/hooks';
import { texts } from '../language/language.ts';
import { Action } from './controls.tsx';
import { Icon } from './icons.tsx';
import type { Wishes } from './wishes.ts';

/** The wishes of everything within; null where nobody is signed in, who has none. */
export const Wishing = createContext<Wishes | null>(null);

type WishProps = {
  productId: number;
  class: string;
  /** What it does, for whoever does not see it. */
  label: string;
};

/** Nothing where the shop keeps no wishes, and as long as they are not known. */
function Heart({ productId, class: looks, label }: WishProps) {
  const wishes = useContext(Wishing);
  const [, showAnew] = useReducer((shown: number) => shown + 1, 0);
  useEffect(() => wishes?.follow(() => showAnew(undefined)), [wishes]);
  const known = wishes?.known() ?? null;
  if (wishes === null || known === null) return null;
  const isWished = known.has(productId);
  return (
    <Action
      class={looks}
      aria-pressed={isWished}
      aria-label={label}
      does={() => (isWished ? wishes.remove(productId) : wishes.add(productId))}
    >
      <Icon name="heart" />
    </Action>
  );
}

/** Beside what buys it. */
export function Wish({ productId }: { productId: number }) {
  return <Heart productId={productId} class="button quiet icon wish" label={texts().wishes.wish} />;
}

/** On its picture. */
export function CardWish({ product: { id, name } }: { product: { id: number; name: string } }) {
  return <Heart productId={id} class="icon wish on-picture" label={texts().wishes.wishFor(name)} />;
}
