// The customer's own orders, newest first, with cancelling.
import type { OrderView } from '../../../contract/orders.ts';
import { dateAndTime, STATES, won } from '../format.ts';
import { html } from '../html.ts';
import { link, type Page } from '../view.ts';

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

export const ordersPage: Page = async ({ query }, { api, refresh, notify }) => {
  const page = Math.max(1, Number(query.get('page')) || 1);
  const { items, hasNext } = await api.orders(page);
  return {
    title: 'My orders',
    body: html`<h1>My orders</h1>
      ${
        items.length === 0
          ? html`<p class="nothing">No orders yet. <a href="#/products">Find something</a></p>`
          : html`<ul class="lines">${items.map(row)}</ul>`
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
      async cancel(button) {
        await api.cancelOrder(button.dataset.order ?? '');
        await refresh();
        notify('The order is cancelled.');
      },
    },
    onOutcome() {
      void refresh();
      return false;
    },
  };
};
