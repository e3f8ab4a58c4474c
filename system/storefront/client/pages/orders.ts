// The customer's own orders, newest first, with cancelling.
import type { OrderView } from '../../../contract/orders.ts';
import { counted, dateAndTime, STATES, won } from '../shared/format.ts';
import { html } from '../shared/html.ts';
import type { OpenOrder } from '../shared/open-orders.ts';
import { cancelOrder } from '../shared/placing.ts';
import { link, type Page } from '../shared/view.ts';

function row(order: OrderView) {
  const [first] = order.lines;
  const rest = order.lines.length - 1;
  return html`<li class="order">
    <div class="what">
      <a href="#/orders/${order.id}"><span lang="ko">${first?.name || 'Order'}</span>${rest > 0 && ` and ${rest} more`}</a>
      <p>${dateAndTime(order.placedAt)}</p>
    </div>
    <span class="state ${order.state}">${STATES[order.state]}</span>
    <p class="sum">${won(order.totalKrw)}</p>
    ${
      order.state === 'confirmed'
        ? html`<button class="plain" data-action="cancel" data-order="${order.id}">Cancel</button>`
        : html`<span></span>`
    }
  </li>`;
}

/** An order that is not in the shop's books so far. */
const openRow = ({ order, state }: OpenOrder) => html`<li class="order">
    <div class="what">
      <a href="#/orders/${order.id}">Order of ${counted(order.lines)}</a>
      <p>${state === 'unknown' ? 'The shop did not answer; look at it again.' : 'The shop decides in a moment.'}</p>
    </div>
    <span class="state">${state === 'unknown' ? 'Not known yet' : 'On its way'}</span>
    <p class="sum">${won(order.expectedTotalKrw)}</p>
    <span></span>
  </li>`;

export const ordersPage: Page = async ({ query }, shop) => {
  const page = Math.max(1, Number(query.get('page')) || 1);
  const { items, hasNext } = await shop.api.orders(page);
  const stored = new Set(items.map(({ id }) => id));
  const open = shop.openOrders.list().filter(({ order }) => page === 1 && !stored.has(order.id));
  return {
    title: 'My orders',
    body: html`<h1>My orders</h1>
      ${
        items.length + open.length === 0
          ? html`<p class="nothing">No orders yet. <a href="#/products">Find something</a></p>`
          : html`<ul class="lines">${open.reverse().map(openRow)}${items.map(row)}</ul>`
      }
      ${
        (page > 1 || hasNext) &&
        html`<nav class="pager" aria-label="Pages">
          ${page > 1 ? html`<a class="button quiet" href="${link('/orders', { page: page - 1 })}">Newer</a>` : html`<span></span>`}
          <span>Page ${page}</span>
          ${hasNext ? html`<a class="button quiet" href="${link('/orders', { page: page + 1 })}">Older</a>` : html`<span></span>`}
        </nav>`
      }`,
    actions: {
      cancel: (button) => cancelOrder(shop, button.dataset.order ?? ''),
    },
    onOutcome() {
      void shop.refresh();
      return false;
    },
  };
};
