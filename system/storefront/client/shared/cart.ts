// The cart, whoever it belongs to: the shop keeps it for whoever is signed in, this browser for everybody else.
import type { CartView } from '../../../contract/cart.ts';
import type { Api } from './api.ts';
import type { GuestCart, GuestLine } from './guest-cart.ts';
import { certaintyAfter } from './request.ts';
import type { Session } from './session.ts';

/** `nothing` to bring; `all` of it is in the customer's cart; `some` is not, now or ever. */
export type Merged = 'nothing' | 'all' | 'some';

export type Cart = {
  view(): Promise<CartView>;
  /** How many things it holds. */
  count(): Promise<number>;
  /** How many of a product it holds. */
  quantityOf(productId: number): Promise<number>;
  set(productId: number, quantity: number): Promise<void>;
  remove(productId: number): Promise<void>;
  /** Puts what was gathered before the sign-in into the cart of whoever has signed in. Never rejects. */
  merge(): Promise<Merged>;
};

type Deps = {
  session: Pick<Session, 'isSignedIn' | 'customerId'>;
  api: Pick<Api, 'cart' | 'quoteCart' | 'setCartItem' | 'removeCartItem'>;
  guestCart: GuestCart;
  mostOfOne: number;
};

export function createCart({ session, api, guestCart, mostOfOne }: Deps): Cart {
  /** What is no longer sold is not in it any more. */
  async function viewGuest(): Promise<CartView> {
    const held = guestCart.lines().map(({ productId, quantity }) => ({ productId, quantity }));
    if (held.length === 0) return { lines: [], itemsTotalKrw: 0 };
    const view = await api.quoteCart(held);
    const sold = new Set(view.lines.map(({ productId }) => productId));
    for (const { productId } of held) if (!sold.has(productId)) guestCart.remove(productId);
    return view;
  }
  /** Without asking what they cost. */
  async function lines(): Promise<readonly { productId: number; quantity: number }[]> {
    return session.isSignedIn() ? (await api.cart()).lines : guestCart.lines();
  }
  const view = () => (session.isSignedIn() ? api.cart() : viewGuest());

  /** How much of a line the customer's cart is to hold; the same at every attempt. */
  function targetOf(line: GuestLine, customerId: string, own: CartView): number {
    if (line.target?.customerId === customerId) return line.target.quantity;
    const held = own.lines.find(({ productId }) => productId === line.productId)?.quantity ?? 0;
    const quantity = Math.min(held + line.quantity, mostOfOne);
    guestCart.set({ ...line, target: { customerId, quantity } });
    return quantity;
  }
  /** Whether it is in the cart now. What the shop refuses is not tried again. */
  async function bring(line: GuestLine, target: number): Promise<boolean> {
    try {
      await api.setCartItem(line.productId, target);
      guestCart.remove(line.productId);
      return true;
    } catch (error) {
      if (certaintyAfter(error) === 'refused') guestCart.remove(line.productId);
      return false;
    }
  }

  return {
    view,
    count: async () => (await lines()).reduce((sum, { quantity }) => sum + quantity, 0),
    quantityOf: async (productId) =>
      (await lines()).find((line) => line.productId === productId)?.quantity ?? 0,
    async set(productId, quantity) {
      if (session.isSignedIn()) await api.setCartItem(productId, quantity);
      else guestCart.set({ productId, quantity });
    },
    async remove(productId) {
      if (session.isSignedIn()) await api.removeCartItem(productId);
      else guestCart.remove(productId);
    },
    async merge() {
      const [gathered, customerId] = [guestCart.lines(), session.customerId()];
      if (customerId === null || gathered.length === 0) return 'nothing';
      const own = await api.cart().catch(() => null);
      if (own === null) return 'some';
      let isAll = true;
      for (const line of gathered) isAll = (await bring(line, targetOf(line, customerId, own))) && isAll;
      return isAll ? 'all' : 'some';
    },
  };
}
