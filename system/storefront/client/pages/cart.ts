// The cart: quantities, taking lines out, on to the checkout.
import type { CartView } from '../../../contract/cart.ts';
import { maxLineQuantity, maxOrderLines } from '../shared/contract-values.ts';
import { won } from '../shared/format.ts';
import { html } from '../shared/html.ts';
import type { Page } from '../shared/view.ts';

type Line = CartView['lines'][number];

function row(line: Line) {
  return html`<li class="line${line.soldOut ? ' sold-out' : ''}">
    <div class="what">
      <a href="#/products/${line.productId}" lang="ko">${line.name}</a>
      <p>${won(line.unitPriceKrw)} each${line.soldOut && html` <span class="warning">Sold out</span>`}</p>
    </div>
    <form data-form="quantity" data-sends-itself>
      <input type="hidden" name="productId" value="${line.productId}">
      <label><span class="unseen">Quantity of ${line.name}</span>
        <input type="number" name="quantity" value="${line.quantity}" min="1" max="${maxLineQuantity}" required>
      </label>
    </form>
    <p class="sum">${won(line.unitPriceKrw * line.quantity)}</p>
    <button class="plain" data-action="remove" data-product="${line.productId}"
      aria-label="Take ${line.name} out">Remove</button>
  </li>`;
}

/** What stands in the way of ordering this cart, or null. */
function obstacle({ lines }: CartView): string | null {
  if (lines.some(({ soldOut }) => soldOut)) return 'Remove what is sold out before you order.';
  if (lines.length > maxOrderLines) return `An order holds at most ${maxOrderLines} different products.`;
  return null;
}

export const cartPage: Page = async (_route, { api, refresh, refreshHeader }) => {
  const cart = await api.cart();
  const problem = obstacle(cart);
  /** Whatever has become of the change, the page then shows what the cart holds. */
  const change = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } finally {
      await Promise.all([refresh(), refreshHeader()]);
    }
  };
  const body =
    cart.lines.length === 0
      ? html`<h1>Your cart</h1>
          <p class="nothing">It is empty. <a href="#/products">Find something</a></p>`
      : html`<h1>Your cart</h1>
          <div class="columns">
            <ul class="lines">${cart.lines.map(row)}</ul>
            <aside class="summary">
              <dl><dt>Items</dt><dd>${won(cart.itemsTotalKrw)}</dd></dl>
              <p class="note">Shipping and your discount are shown at the checkout.</p>
              ${
                problem === null
                  ? html`<a class="button wide" href="#/checkout">Checkout</a>`
                  : html`<p class="warning">${problem}</p>`
              }
            </aside>
          </div>`;
  return {
    title: 'Your cart',
    body,
    actions: {
      remove: (button) => change(() => api.removeCartItem(Number(button.dataset.product))),
    },
    forms: {
      quantity: (fields) =>
        change(() => api.setCartItem(Number(fields.get('productId')), Number(fields.get('quantity')))),
    },
  };
};
