// The customer's own orders, newest first, with cancelling.
import type { OrderView } from '../../../contract/orders.ts';
import { texts } from '../language/language.ts';
import { Action } from '../shared/controls.tsx';
import { dateAndTime, won } from '../shared/format.ts';
import type { OpenOrder } from '../shared/open-orders.ts';
import { Pager, pageOf } from '../shared/pager.tsx';
import { cancelOrder } from '../shared/placing.ts';
import { Thumbnail } from '../shared/products.tsx';
import { link } from '../shared/route.ts';
import type { Page } from '../shared/view.ts';

/** An order, with what can be done about it where something can. */
export function OrderRow({ order, cancel }: { order: OrderView; cancel?: () => Promise<void> }) {
  const { orders, order: words } = texts();
  const [first] = order.lines;
  const rest = order.lines.length - 1;
  return (
    <li class="order">
      {first ? <Thumbnail line={first} /> : <span />}
      <div class="what">
        <a href={`#/orders/${order.id}`}>
          <span lang="ko">{first?.name || orders.order}</span>
          {rest > 0 && orders.andMore(rest)}
        </a>
        <p>{dateAndTime(order.placedAt)}</p>
      </div>
      <span class={`state ${order.state}`}>{words.states[order.state]}</span>
      <p class="sum">{won(order.totalKrw)}</p>
      {cancel && order.state === 'confirmed' ? (
        <Action class="plain" does={cancel}>
          {orders.cancel}
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
  const { orders } = texts();
  const [first] = order.lines;
  const count = order.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <li class="order">
      {first ? <Thumbnail line={first} /> : <span />}
      <div class="what">
        <a href={`#/orders/${order.id}`}>{orders.orderOf(count)}</a>
        <p>{isUnknown ? orders.lookAtIt : orders.decides}</p>
      </div>
      <span class="state">{isUnknown ? orders.notKnown : orders.onItsWay}</span>
      <p class="sum">{won(order.expectedTotalKrw)}</p>
      <span />
    </li>
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
        {texts().orders.none} <a href="#/products">{texts().cart.find}</a>
      </p>
    );
  }
  return (
    <ul class="lines">
      {open.toReversed().map((each) => (
        <OpenRow key={each.order.id} {...each} />
      ))}
      {stored.map((order) => (
        <OrderRow key={order.id} order={order} cancel={() => cancel(order.id)} />
      ))}
    </ul>
  );
}

export const ordersPage: Page = async ({ query }, shop) => {
  const page = pageOf(query);
  const { items, hasNext } = await shop.api.orders(page);
  const stored = new Set(items.map(({ id }) => id));
  const open = shop.openOrders.list().filter(({ order }) => page === 1 && !stored.has(order.id));
  const { orders } = texts();
  return {
    title: orders.title,
    body: (
      <>
        <h1>{orders.title}</h1>
        <Orders open={open} stored={items} cancel={(id) => cancelOrder(shop, id)} />
        <Pager
          page={page}
          hasNext={hasNext}
          to={(target) => link('/orders', { page: target })}
          before={orders.newer}
          after={orders.older}
        />
      </>
    ),
    onOutcome() {
      void shop.refresh();
      return false;
    },
  };
};
