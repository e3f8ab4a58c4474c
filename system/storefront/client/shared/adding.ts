// Puts a product into the cart, once however often it is tried.
import { texts } from '../language/language.ts';
import { maxLineQuantity } from './contract-values.ts';
import { cartDeed } from './deeds.ts';
import { certaintyAfter } from './request.ts';
import type { Shop } from './view.ts';

type Change = { wanted: number; from: number; target: number };

/**
 * Makes what puts a product into the cart. The shop is told the quantity that the cart is to hold; where it does not
 * answer, the next press asks for that same quantity, so that nothing is added twice.
 */
export function createAdding(shop: Shop, productId: number): (wanted: number) => Promise<void> {
  const { cart, behaviour, notify } = shop;
  let unanswered: Change | null = null;

  /** Whether the cart holds it now, as far as the shop says. */
  async function set(change: Change): Promise<'yes' | 'no' | 'unknown'> {
    try {
      unanswered = null;
      await cart.set(productId, change.target);
      return 'yes';
    } catch (error) {
      if (certaintyAfter(error) !== 'unknown') throw error;
      unanswered = change;
      return cart.quantityOf(productId).then(
        (quantity) => (quantity === change.target ? 'yes' : 'no'),
        () => 'unknown',
      );
    }
  }
  async function changeFor(wanted: number): Promise<Change> {
    if (unanswered?.wanted === wanted) return unanswered;
    const from = await cart.quantityOf(productId);
    return { wanted, from, target: Math.min(from + wanted, maxLineQuantity) };
  }

  return async (wanted) => {
    const { product } = texts();
    const seeCart = { address: '/cart', text: product.seeCart };
    const change = await changeFor(wanted);
    const isThere = await set(change);
    await shop.refreshHeader();
    switch (isThere) {
      case 'yes': {
        unanswered = null;
        const deed = cartDeed(productId, change.from, change.target);
        if (deed !== null) behaviour.tell(deed);
        return notify(product.isInCart, seeCart);
      }
      case 'no':
        return notify(product.notInCart, seeCart);
      case 'unknown':
        return notify(product.maybeInCart, seeCart, 'until-closed');
    }
  };
}
