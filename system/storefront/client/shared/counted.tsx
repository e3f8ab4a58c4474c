// Live counters where they stand: at a product, at a coupon, in the bar above the page. What is not known is not shown.
import { createContext } from 'preact';
import { useContext, useEffect, useReducer } from 'preact/hooks';
import { texts } from '../language/language.ts';
import type { Counters, Watched } from './counters.ts';

/** The counters of everything within; null outside of a page. */
export const Counting = createContext<Counters | null>(null);

/** The counters, watching this one as long as it is on the screen. */
function useCounter(watched: Watched): Counters | null {
  const counters = useContext(Counting);
  const [, showAnew] = useReducer((shown: number) => shown + 1, 0);
  const name = JSON.stringify(watched);
  useEffect(() => counters?.watch(watched, () => showAnew(undefined)), [counters, name]);
  return counters;
}

const known = (parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null).join(' · ');

/** At a product in a list: how many look at it and have bought it. Its room is kept, so that nothing moves when they are there. */
export function CardCounts({ productId }: { productId: number }) {
  const counters = useCounter({ productId });
  if (counters === null) return null;
  const { viewing = 0, bought = 0 } = counters.ofProduct(productId);
  const { counters: words } = texts();
  return (
    <p class="counts">
      {known([viewing > 0 ? words.viewing(viewing) : null, bought > 0 ? words.bought(bought) : null])}
    </p>
  );
}

/** On a product's own page, with those who have it in their cart. */
export function ProductCounts({ productId }: { productId: number }) {
  const counters = useCounter({ productId });
  if (counters === null) return null;
  const { viewing = 0, bought = 0, inCart = 0 } = counters.ofProduct(productId);
  const { counters: words } = texts();
  return (
    <p class="counts">
      {known([
        viewing > 0 ? words.viewingNow(viewing) : null,
        bought > 0 ? words.bought(bought) : null,
        inCart > 0 ? words.inCart(inCart) : null,
      ])}
    </p>
  );
}

/** How many people used a coupon of this type. */
export function CouponCount({ definitionId }: { definitionId: number }) {
  const used = useCounter({ couponDefinitionId: definitionId })?.usedOf(definitionId) ?? 0;
  return <p class="counts">{used > 0 && texts().counters.used(used)}</p>;
}

/** How many people are in the shop. */
export function ShopCount() {
  const inShop = useCounter({ shop: true })?.inShop() ?? null;
  return <span class="counts in-shop wide-only">{inShop !== null && texts().counters.inShop(inShop)}</span>;
}
