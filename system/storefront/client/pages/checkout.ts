// The checkout: what the order will cost, how it is paid, and placing it. Its total is the shop's own rule, and is sent
// along, so that the order is rejected rather than placed at another price.
import type { CartView } from '../../../contract/cart.ts';
import type { PaymentMethod } from '../../../contract/common.ts';
import type { CustomerView } from '../../../contract/customers.ts';
import type { OrderLine } from '../../../contract/orders.ts';
import { discountKrw, shippingKrw } from '../../../contract/pricing.ts';
import { PAYMENT_METHODS, won } from '../shared/format.ts';
import { html } from '../shared/html.ts';
import { areSameLines, type OpenOrder } from '../shared/open-orders.ts';
import { placeOrder } from '../shared/placing.ts';
import type { Page, Shop } from '../shared/view.ts';

type Sums = { itemsKrw: number; shippingKrw: number; discountKrw: number; totalKrw: number };

function sumsOf({ itemsTotalKrw }: CartView, { grade, region }: CustomerView): Sums {
  const shipping = shippingKrw(itemsTotalKrw, region);
  const discount = discountKrw(itemsTotalKrw, grade);
  return {
    itemsKrw: itemsTotalKrw,
    shippingKrw: shipping,
    discountKrw: discount,
    totalKrw: itemsTotalKrw + shipping - discount,
  };
}

function summary(cart: CartView, sums: Sums, grade: string) {
  return html`<aside class="summary">
    <ul class="brief">
      ${cart.lines.map((line) => html`<li><span lang="ko">${line.name}</span> × ${line.quantity}</li>`)}
    </ul>
    <dl>
      <dt>Items</dt><dd>${won(sums.itemsKrw)}</dd>
      <dt>Shipping</dt><dd>${sums.shippingKrw === 0 ? 'free' : won(sums.shippingKrw)}</dd>
      ${sums.discountKrw > 0 && html`<dt>${grade} discount</dt><dd>${won(-sums.discountKrw)}</dd>`}
      <dt class="total">Total</dt><dd class="total">${won(sums.totalKrw)}</dd>
    </dl>
  </aside>`;
}

const method = ([value, text]: [string, string], index: number) =>
  html`<label class="choice"><input type="radio" name="paymentMethod" value="${value}" required
    ${index === 0 && html`checked`}> ${text}</label>`;

/** Something that was just ordered stands in the cart until the order is decided. */
function isOrderedAlready({ openOrders }: Shop, lines: OrderLine[]): OpenOrder | undefined {
  return openOrders.list().find(({ order }) => areSameLines(order.lines, lines));
}

const orderedAlready = ({ order }: OpenOrder) =>
  html`<p class="caution">You have just ordered exactly this, and the shop is deciding. Your cart is emptied then.
    <a href="#/orders/${order.id}">See the order</a></p>`;

export const checkoutPage: Page = async (_route, shop) => {
  // Before anything else is ordered, because it is likely to be the same.
  const doubtful = shop.openOrders.list().find(({ state }) => state === 'unknown');
  if (doubtful) return shop.leadTo(`/orders/${doubtful.order.id}`);
  const [cart, customer] = await Promise.all([shop.api.cart(), shop.api.me()]);
  if (cart.lines.length === 0) {
    return {
      title: 'Checkout',
      body: html`<h1>Checkout</h1><p class="nothing">Your cart is empty. <a href="#/products">Find something</a></p>`,
    };
  }
  const sums = sumsOf(cart, customer);
  const lines = cart.lines.map(({ productId, quantity }) => ({ productId, quantity }));
  const id = shop.openOrders.draftId(lines, sums.totalKrw);
  const already = isOrderedAlready(shop, lines);
  return {
    title: 'Checkout',
    body: html`<h1>Checkout</h1>
      <div class="columns">
        <form class="panel" data-form="order">
          ${already && orderedAlready(already)}
          <fieldset><legend>How do you pay?</legend>${Object.entries(PAYMENT_METHODS).map(method)}</fieldset>
          <button class="button wide" type="submit">Place the order for ${won(sums.totalKrw)}</button>
        </form>
        ${summary(cart, sums, customer.grade)}
      </div>`,
    forms: {
      order: (fields) =>
        placeOrder(shop, {
          id,
          lines,
          paymentMethod: fields.get('paymentMethod') as PaymentMethod,
          expectedTotalKrw: sums.totalKrw,
        }),
    },
    // The outcome may be faster than the answer.
    onOutcome({ orderId }) {
      if (orderId === id) shop.go(`/orders/${id}`);
      return orderId === id;
    },
  };
};
