// My page: who one is here, what one has, and the way to everything that is one's own.
import type { CustomerView } from '../../../contract/customers.ts';
import type { OrderView } from '../../../contract/orders.ts';
import { texts } from '../language/language.ts';
import { Action } from '../shared/controls.tsx';
import { countText } from '../shared/format.ts';
import type { Page, Shop } from '../shared/view.ts';
import { OrderRow } from './orders.tsx';

const LATEST = 3;
/** More are not counted. */
const COUPONS_COUNTED = 20;

function Standing({ customer }: { customer: CustomerView }) {
  const { me } = texts();
  return (
    <dl class="standing">
      <dt>{me.grade}</dt>
      <dd>{customer.grade}</dd>
      <dt>{me.points}</dt>
      <dd>{me.pointsOf(customer.points)}</dd>
    </dl>
  );
}

/** How many there are of what the shop may not have; null where it has none of it. */
type Counts = { coupons: string | null; wishes: string | null; unread: string | null };

async function readCounts({ api, wishes, notifications }: Shop): Promise<Counts> {
  const usable = new URLSearchParams({ state: 'usable', pageSize: String(COUPONS_COUNTED) });
  const [coupons, wished] = await Promise.all([
    api.coupons(usable).catch(() => null),
    wishes.ids(),
    // After a reload it is not known yet.
    notifications.unreadCount() ?? notifications.refresh(),
  ]);
  return {
    coupons: coupons && `${coupons.items.length}${coupons.hasNext ? '+' : ''}`,
    wishes: wished && String(wished.size),
    unread: countText(notifications.unreadCount()),
  };
}

function Way({ to, count, children }: { to: string; count: string | null; children: string }) {
  if (count === null) return null;
  return (
    <li>
      <a href={to}>
        {children} <strong>{count}</strong>
      </a>
    </li>
  );
}

function Ways({ counts, signOut }: Pick<Shop, 'signOut'> & { counts: Counts }) {
  const { me, orders, cart, header, coupons, wishes, notifications } = texts();
  return (
    <nav aria-label={me.title}>
      <ul class="ways">
        <li>
          <a href="#/orders">{orders.title}</a>
        </li>
        <Way to="#/coupons" count={counts.coupons}>
          {coupons.title}
        </Way>
        <Way to="#/wishes" count={counts.wishes}>
          {wishes.title}
        </Way>
        <Way to="#/notifications" count={counts.unread}>
          {notifications.title}
        </Way>
        <li>
          <a href="#/cart">{cart.title}</a>
        </li>
        <li>
          <a href="#/account">{me.account}</a>
        </li>
        <li>
          <Action class="plain" does={signOut}>
            {header.signOut}
          </Action>
        </li>
      </ul>
    </nav>
  );
}

function Latest({ orders }: { orders: readonly OrderView[] }) {
  const { me, orders: words, home, cart } = texts();
  return (
    <section>
      <div class="heading">
        <h2>{me.latest}</h2>
        <a href="#/orders" aria-label={`${home.more}: ${me.latest}`}>
          {home.more}
        </a>
      </div>
      {orders.length === 0 ? (
        <p class="nothing">
          {words.none} <a href="#/products">{cart.find}</a>
        </p>
      ) : (
        <ul class="lines">
          {orders.map((order) => (
            <OrderRow key={order.id} order={order} />
          ))}
        </ul>
      )}
    </section>
  );
}

export const mePage: Page = async (_route, shop) => {
  const [customer, { items }, counts] = await Promise.all([
    shop.api.me(),
    shop.api.orders(1),
    readCounts(shop),
  ]);
  const { me } = texts();
  return {
    title: me.title,
    body: (
      <>
        <div class="heading">
          <h1>{me.hello(customer.nickname)}</h1>
          <Standing customer={customer} />
        </div>
        <Ways counts={counts} signOut={shop.signOut} />
        <Latest orders={items.slice(0, LATEST)} />
      </>
    ),
  };
};
