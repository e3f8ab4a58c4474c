// The checkout: what the order will cost, how it is paid, and placing it. Its total is the shop's own rule, and is sent
// along, so that the order is rejected rather than placed at another price.
import { uuidv7 } from 'uuidv7';
import type { CartView } from '../../../contract/cart.ts';
import type { PaymentMethod } from '../../../contract/common.ts';
import type { CustomerView } from '../../../contract/customers.ts';
import type { PlaceOrderBody } from '../../../contract/orders.ts';
import { discountKrw, shippingKrw } from '../../../contract/pricing.ts';
import { ShopProblem } from '../api.ts';
import { PAYMENT_METHODS, won } from '../format.ts';
import { html } from '../html.ts';
import type { Page, Shop } from '../view.ts';

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

/**
 * Sends the order. Where it stays open whether it was placed, the error is thrown on: the same order can be sent again
 * under its id and is placed once.
 */
async function place({ api, live, go, refreshHeader }: Shop, order: PlaceOrderBody): Promise<void> {
  // Before the request, because the outcome may be here before its answer.
  live.waitFor(order.id);
  try {
    await api.placeOrder(order);
  } catch (error) {
    const isRefused = error instanceof ShopProblem && error.code !== 'outcome-unknown';
    if (isRefused) live.settle(order.id);
    throw error;
  }
  await refreshHeader();
  go(`/orders/${order.id}`);
}

export const checkoutPage: Page = async (_route, shop) => {
  const [cart, customer] = await Promise.all([shop.api.cart(), shop.api.me()]);
  const sums = sumsOf(cart, customer);
  const id = uuidv7();
  if (cart.lines.length === 0) {
    return {
      title: 'Checkout',
      body: html`<h1>Checkout</h1><p class="nothing">Your cart is empty. <a href="#/products">Find something</a></p>`,
    };
  }
  return {
    title: 'Checkout',
    body: html`<h1>Checkout</h1>
      <div class="columns">
        <form class="panel" data-form="order">
          <fieldset><legend>How do you pay?</legend>${Object.entries(PAYMENT_METHODS).map(method)}</fieldset>
          <button class="button wide" type="submit">Place the order for ${won(sums.totalKrw)}</button>
        </form>
        ${summary(cart, sums, customer.grade)}
      </div>`,
    forms: {
      order: (fields) =>
        place(shop, {
          id,
          lines: cart.lines.map(({ productId, quantity }) => ({ productId, quantity })),
          paymentMethod: fields.get('paymentMethod') as PaymentMethod,
          expectedTotalKrw: sums.totalKrw,
        }),
    },
  };
};
