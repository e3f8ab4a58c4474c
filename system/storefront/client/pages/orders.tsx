// The customer's own orders, newest first, with cancelling.
import type { OrderView } from '../../../contract/orders.ts';
import { Action } from '../shared/controls.tsx';
import { counted, dateAndTime, STATES, won } from '../shared/format.ts';
import type { OpenOrder } from '../shared/open-orders.ts';
import { cancelOrder } from '../shared/placing.ts';
import { link, type Page } from '../shared/view.ts';

function Row({ order, cancel }: { order: OrderView; cancel: () => Promise<void> }) {
  const [first] = order.lines;
  const rest = order.lines.length - 1;
  return (
    <li class="order">
      <div class="what">
        <a href={`#/orders/${order.id}`}>
          <span lang="ko">{first?.name || 'Order'}</span>
          {rest > 0 && ` and ${rest} more`}
        </a>
        <p>{dateAndTime(order.placedAt)}</p>
      </div>
      <span class={`state ${order.state}`}>{STATES[order.state]}</span>
      <p class="sum">{won(order.totalKrw)}</p>
      {order.state === 'confirmed' ? (
        <Action class="plain" does={cancel}>
          Cancel
        </Action>
      ) : (
        <span />
      )}
    </li>
  );
}

/** An order that is not in the shop's books so far. */
function OpenRow({ order, state }: OpenOrder) {
  const isUnknown = state === 'unknown';
  return (
    <li class="order">
      <div class="what">
        <a href={`#/orders/${order.id}`}>Order of {counted(order.lines)}</a>
        <p>{isUnknown ? 'The shop did not answer; look at it again.' : 'The shop decides in a moment.'}</p>
      </div>
      <span class="state">{isUnknown ? 'Not known yet' : 'On its way'}</span>
      <p class="sum">{won(order.expectedTotalKrw)}</p>
      <span />
    </li>
  );
}

function Pager({ page, hasNext }: { page: number; hasNext: boolean }) {
  if (page === 1 && !hasNext) return null;
  return (
    <nav class="pager" aria-label="Pages">
      {page > 1 ? (
        <a class="button quiet" href={link('/orders', { page: page - 1 })}>
          Newer
        </a>
      ) : (
        <span />
      )}
      <span>Page {page}</span>
      {hasNext ? (
        <a class="button quiet" href={link('/orders', { page: page + 1 })}>
          Older
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}

type OrdersProps = {
  open: readonly OpenOrder[];
  stored: readonly OrderView[];
  cancel: (orderId: string) => Promise<void>;
};

function Orders({ open, stored, cancel }: OrdersProps) {
  if (open.length + stored.length === 0) {
    return (
      <p class="nothing">
        No orders yet. <a href="#/products">Find something</a>
      </p>
    );
  }
  return (
    <ul class="lines">
      {open.toReversed().map((each) => (
        <OpenRow key={each.order.id} {...each} />
      ))}
      {stored.map((order) => (
        <Row key={order.id} order={order} cancel={() => cancel(order.id)} />
      ))}
    </ul>
  );
}

export const ordersPage: Page = async ({ query }, shop) => {
  const page = Math.max(1, Number(query.get('page')) || 1);
  const { items, hasNext } = await shop.api.orders(page);
  const stored = new Set(items.map(({ id }) => id));
  const open = shop.openOrders.list().filter(({ order }) => page === 1 && !stored.has(order.id));
  return {
    title: 'My orders',
    body: (
      <>
        <h1>My orders</h1>
        <Orders open={open} stored={items} cancel={(id) => cancelOrder(shop, id)} />
        <Pager page={page} hasNext={hasNext} />
      </>
    ),
    onOutcome() {
      void shop.refresh();
      return false;
    },
  };
};
