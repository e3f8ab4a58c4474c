// How one product gets into the cart: mostly in one go, sometimes raised or lowered, sometimes regretted.
import type { Session } from '../state/session.ts';
import type { CartChange, ShownProduct } from '../state/steps.ts';

/** The changes, in order, that leave one line with a quantity drawn by the product's category; at least one. */
export function planLine(
  product: ShownProduct,
  { behaviour, demand, random }: Pick<Session, 'behaviour' | 'demand' | 'random'>,
): CartChange[] {
  const quantity = demand.drawQuantity(product.categoryId, random);
  const set = (
    count: number,
    change: 'cart-create' | 'cart-modify-plus' | 'cart-modify-minus',
  ): CartChange => ({
    kind: 'set-cart-line',
    productId: product.id,
    quantity: count,
    change,
  });
  if (random.chance(behaviour.cart.lowerLaterRatio)) {
    return [set(quantity + 1, 'cart-create'), set(quantity, 'cart-modify-minus')];
  }
  if (quantity > 1 && random.chance(behaviour.cart.raiseLaterRatio)) {
    return [set(1, 'cart-create'), set(quantity, 'cart-modify-plus')];
  }
  return [set(quantity, 'cart-create')];
}

/** The changes of a product that is put in and taken out again. */
export function planRegret(product: ShownProduct): CartChange[] {
  return [
    { kind: 'set-cart-line', productId: product.id, quantity: 1, change: 'cart-create' },
    { kind: 'remove-cart-line', productId: product.id },
  ];
}
