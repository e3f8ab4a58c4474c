// One order: waited for, decided, cancelled. It changes by itself when the outcome arrives.
import type { OrderView } from '../../../contract/orders.ts';
import { ShopProblem } from '../api.ts';
import { dateAndTime, PAYMENT_METHODS, REASONS, STATES, won } from '../format.ts';
import { html } from '../html.ts';
import type { Page } from '../view.ts';

const SYMBOLS: Partial<Record<OrderView['state'], string>> = {
  confirmed: '✓',
  rejected: '✕',
  cancelled: '↩',
};
const ADJUSTMENTS = { shipping: 'Shipping', discount: 'Discount' };

function outcome(order: OrderView) {
  return html`<div class="outcome ${order.state}" role="status">
    <span class="symbol" aria-hidden="true">${SYMBOLS[order.state] ?? '…'}</span>
    <div>
      <h1>${STATES[order.state]}</h1>
      <p>${order.rejectionReason === null ? `${won(order.totalKrw)} · ${PAYMENT_METHODS[order.paymentMethod]}` : REASONS[order.rejectionReason]}</p>
    </div>
  </div>`;
}

function details(order: OrderView) {
  return html`<div class="panel">
    <ul class="brief">
      ${order.lines.map(
        (line) => html`<li><a href="#/products/${line.productId}" lang="ko">${line.name}</a>
          <span>${won(line.unitPriceKrw)} × ${line.quantity}</span></li>`,
      )}
    </ul>
    <dl>
      ${order.adjustments.map(({ type, amountKrw }) => html`<dt>${ADJUSTMENTS[type]}</dt><dd>${won(amountKrw)}</dd>`)}
      <dt class="total">Total</dt><dd class="total">${won(order.totalKrw)}</dd>
    </dl>
    <p class="note">Placed ${dateAndTime(order.placedAt)}<br>Order ${order.id}</p>
  </div>`;
}

const waiting = html`<div class="outcome waiting" role="status">
  <span class="symbol turning" aria-hidden="true"></span>
  <div><h1>Your order is on its way</h1><p>The shop decides in a moment; this page changes by itself.</p></div>
</div>`;

export const orderPage: Page = async ({ path }, { api, live, refresh, notify }) => {
  const id = path[1] ?? '';
  const order = await api.order(id).catch((error: unknown) => {
    // Not in the books yet, as long as it is still on its way there.
    if (error instanceof ShopProblem && error.status === 404 && live.isWaitingFor(id)) return null;
    throw error;
  });
  const canCancel = order !== null && ['reserved', 'approved', 'confirmed'].includes(order.state);
  return {
    title: 'Your order',
    body: html`${order === null ? waiting : html`${outcome(order)}${details(order)}`}
      <p class="further">
        ${canCancel && html`<button class="button quiet" data-action="cancel">Cancel the order</button>`}
        <a class="button quiet" href="#/orders">My orders</a> <a class="button quiet" href="#/products">Go on shopping</a>
      </p>`,
    actions: {
      async cancel() {
        await api.cancelOrder(id);
        await refresh();
        notify('The order is cancelled.');
      },
    },
    onOutcome({ orderId }) {
      if (orderId !== id) return false;
      void refresh();
      return true;
    },
  };
};
