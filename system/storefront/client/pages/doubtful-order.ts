// An order that was sent and not answered: said plainly, looked for again, or sent again as the same order.
import { counted, PAYMENT_METHODS, timeOfDay, won } from '../shared/format.ts';
import { html } from '../shared/html.ts';
import type { SentOrder } from '../shared/open-orders.ts';
import { placeOrder } from '../shared/placing.ts';
import type { Shop, View } from '../shared/view.ts';

/** @param looked.hasAnswered whether the shop has just said that it has no such order so far; else it did not answer. */
export function doubtfulOrder(shop: Shop, looked: { order: SentOrder; hasAnswered: boolean }): View {
  const { order, hasAnswered } = looked;
  const address = `/orders/${order.id}`;
  const found = hasAnswered ? 'the shop has no such order so far' : 'the shop did not answer';
  return {
    title: 'Your order',
    body: html`<div class="outcome doubtful" role="status">
        <span class="symbol" aria-hidden="true">?</span>
        <div>
          <h1>It is not known yet whether your order was placed</h1>
          <p>${won(order.expectedTotalKrw)} · ${PAYMENT_METHODS[order.paymentMethod]} · ${counted(order.lines)}</p>
        </div>
      </div>
      <div class="panel">
        <p>The shop did not answer in time, and your order may have reached it or not. As soon as the shop tells, this page
          changes by itself. You can look again, or send the same order again: it is placed once, however often it is sent.</p>
        <p class="note">Looked at ${timeOfDay(new Date())}: ${found}.</p>
        <p class="further">
          <button class="button" data-action="look">Look again</button>
          <button class="button quiet" data-action="send">Send the same order again</button>
        </p>
      </div>
      <p class="further"><a class="button quiet" href="#/orders">My orders</a> <a class="button quiet" href="#/products">Go on shopping</a></p>`,
    actions: {
      look: async () => shop.go(address),
      send: () => placeOrder(shop, order),
    },
    onOutcome({ orderId }) {
      if (orderId !== order.id) return false;
      shop.go(address);
      return true;
    },
  };
}
