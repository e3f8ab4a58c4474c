// The shop as the model has it: what it would show of a catalogue to a shopper who takes a step. Simulations shop in it; the
// catalogue's own popularity stands for the sales of the past.

import type { Product } from '../model/catalogue/catalogue.ts';
import { CATEGORIES } from '../model/catalogue/categories.ts';
import { LIST_PAGE } from '../model/catalogue/demand.ts';
import type { Shown, ShownCoupon, Step, StepResult } from './state/steps.ts';

export type ModelShop = {
  /** A visit with a cart of its own; gives each step's result, which is never a no. */
  openVisit(): (step: Step) => StepResult;
};

/** The products that the shop recommends to somebody who looked at these, the last one last. */
export type Recommend = (viewed: readonly Product[]) => readonly Product[];

/** Lists as system/contract describes them: by category or by the beginning of a word, sorted, page by page. */
export function createModelShop(
  catalogue: readonly Product[],
  recommend: Recommend = () => [],
  coupons: readonly ShownCoupon[] = [],
): ModelShop {
  const lists = new Map<string, readonly Product[]>();
  const products = new Map(catalogue.map((product) => [product.id, product]));
  const byPopularity = catalogue.toSorted((a, b) => b.popularityWeight - a.popularityWeight);
  const categoryIds = CATEGORIES.map(({ id }) => id).filter((id) =>
    catalogue.some(({ categoryId }) => categoryId === id),
  );

  function kept(key: string, make: () => Product[]): readonly Product[] {
    const made = lists.get(key) ?? make();
    lists.set(key, made);
    return made;
  }

  const found = (text: string): readonly Product[] =>
    kept(`search ${text}`, () =>
      byPopularity.filter(({ name }) => name.split(' ').some((word) => word.startsWith(text))),
    );

  const listed = ({ categoryId, sort }: Step & { kind: 'list' }): readonly Product[] =>
    kept(`${categoryId} ${sort}`, () => {
      const own = byPopularity.filter((product) => product.categoryId === categoryId);
      if (sort === 'newest') return own.sort((a, b) => b.registeredAtMs - a.registeredAtMs);
      return sort === 'popular' ? own : own.sort((a, b) => a.priceKrw - b.priceKrw);
    });

  function page(list: readonly Product[], number: number): Shown {
    const end = number * LIST_PAGE.size;
    const shown = list.slice(end - LIST_PAGE.size, end);
    return { kind: 'products', products: shown, hasNext: list.length > end };
  }

  function cartShown(cart: ReadonlyMap<number, number>): Shown {
    const lines = Array.from(cart, ([productId, quantity]) => {
      const { priceKrw = 0, soldOut = true } = products.get(productId) ?? {};
      return { productId, quantity, unitPriceKrw: priceKrw, soldOut };
    });
    const itemsTotalKrw = lines.reduce((sum, line) => sum + line.quantity * line.unitPriceKrw, 0);
    return { kind: 'cart', lines, itemsTotalKrw };
  }

  function shownBy(step: Step, cart: ReadonlyMap<number, number>, viewed: Product[]): Shown | null {
    switch (step.kind) {
      case 'home':
        return { kind: 'home', categoryIds, products: byPopularity.slice(0, LIST_PAGE.size) };
      case 'list':
        return page(listed(step), step.page);
      case 'search':
        return page(found(step.text), step.page);
      case 'view-product': {
        const product = products.get(step.productId);
        return product === undefined ? null : { kind: 'product', product };
      }
      case 'view-recommendations':
        return { kind: 'products', products: recommend(viewed), hasNext: false };
      case 'view-coupons':
        return { kind: 'coupons', coupons };
      case 'view-cart':
        return cartShown(cart);
      default:
        return null;
    }
  }

  function opened(productId: number): Product[] {
    const product = products.get(productId);
    return product === undefined ? [] : [product];
  }

  return {
    openVisit() {
      const cart = new Map<number, number>();
      const viewed: Product[] = [];
      return (step) => {
        if (step.kind === 'set-cart-line') cart.set(step.productId, step.quantity);
        if (step.kind === 'remove-cart-line') cart.delete(step.productId);
        // Seen, whether or not the shopper looks at its details.
        if (step.kind === 'view-product') viewed.push(...opened(step.productId));
        return { outcome: 'ok', shown: () => shownBy(step, cart, viewed) };
      };
    },
  };
}
