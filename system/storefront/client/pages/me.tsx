// My page: who one is here, what one has, and the way to everything that is one's own.
import type { CustomerView } from '../../../contract/customers.ts';
import type { OrderView } from '../../../contract/orders.ts';
import { texts } from '../language/language.ts';
import { Action } from '../shared/controls.tsx';
import type { Page, Shop } from '../shared/view.ts';
import { OrderRow } from './orders.tsx';

const LATEST = 3;

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

function Ways({ signOut }: Pick<Shop, 'signOut'>) {
  const { me, orders, cart, header } = texts();
  return (
    <nav aria-label={me.title}>
      <ul class="ways">
        <li>
          <a href="#/orders">{orders.title}</a>
        </li>
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
  const [customer, { items }] = await Promise.all([shop.api.me(), shop.api.orders(1)]);
  const { me } = texts();
  return {
    title: me.title,
    body: (
      <>
        <div class="heading">
          <h1>{me.hello(customer.nickname)}</h1>
          <Standing customer={customer} />
        </div>
        <Ways signOut={shop.signOut} />
        <Latest orders={items.slice(0, LATEST)} />
      </>
    ),
  };
};
