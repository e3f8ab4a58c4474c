// The checkout: where the order goes, what it will cost, how it is paid, and placing it. Its total is the shop's own rule, and
// is sent along, so that the order is rejected rather than placed at another price.
import type { CartView } from '../../../contract/cart.ts';
import type { PaymentMethod } from '../../../contract/common.ts';
import type { CustomerView } from '../../../contract/customers.ts';
import type { OrderLine } from '../../../contract/orders.ts';
import { discountKrw, shippingKrw } from '../../../contract/pricing.ts';
import { texts } from '../language/language.ts';
import { type Address, addressText, readAddress } from '../shared/address.ts';
import { Form } from '../shared/controls.tsx';
import { won } from '../shared/format.ts';
import { areSameLines, type OpenOrder } from '../shared/open-orders.ts';
import { placeOrder } from '../shared/placing.ts';
import { Thumbnail } from '../shared/products.tsx';
import type { Page, Shop } from '../shared/view.ts';
import { addressForm, addressLink } from './address.tsx';

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

type SummaryProps = { cart: CartView; sums: Sums; grade: string };

function Summary({ cart, sums, grade }: SummaryProps) {
  const { checkout, cart: cartTexts } = texts();
  return (
    <aside class="summary">
      <ul class="brief">
        {cart.lines.map((line) => (
          <li key={line.productId}>
            <Thumbnail productId={line.productId} />
            <span lang="ko">{line.name}</span>
            <span>× {line.quantity}</span>
          </li>
        ))}
      </ul>
      <dl>
        <dt>{cartTexts.items}</dt>
        <dd>{won(sums.itemsKrw)}</dd>
        <dt>{checkout.shipping}</dt>
        <dd>{sums.shippingKrw === 0 ? checkout.free : won(sums.shippingKrw)}</dd>
        {sums.discountKrw > 0 && (
          <>
            <dt>{checkout.discount(grade)}</dt>
            <dd>{won(-sums.discountKrw)}</dd>
          </>
        )}
        <dt class="total">{checkout.total}</dt>
        <dd class="total">{won(sums.totalKrw)}</dd>
      </dl>
    </aside>
  );
}

function PaymentMethods() {
  const { checkout } = texts();
  return (
    <fieldset>
      <legend>{checkout.payment}</legend>
      {Object.entries(checkout.paymentMethods).map(([value, text], index) => (
        <label key={value} class="choice">
          <input type="radio" name="paymentMethod" value={value} required defaultChecked={index === 0} />{' '}
          {text}
        </label>
      ))}
    </fieldset>
  );
}

function Destination({ address }: { address: Address }) {
  const { checkout } = texts();
  return (
    <div class="destination">
      <h2>{checkout.address}</h2>
      <p>{addressText(address)}</p>
      <a href={addressLink('/checkout')}>{checkout.changeAddress}</a>
    </div>
  );
}

/** Something that was just ordered stands in the cart until the order is decided. */
function isOrderedAlready({ openOrders }: Shop, lines: OrderLine[]): OpenOrder | undefined {
  return openOrders.list().find(({ order }) => areSameLines(order.lines, lines));
}

function OrderedAlready({ order }: OpenOrder) {
  const { checkout } = texts();
  return (
    <p class="caution">
      {checkout.orderedAlready} <a href={`#/orders/${order.id}`}>{checkout.seeOrder}</a>
    </p>
  );
}

type PaymentProps = {
  address: Address;
  totalKrw: number;
  already: OpenOrder | undefined;
  place: (paymentMethod: PaymentMethod) => Promise<void>;
};

function Payment({ address, totalKrw, already, place }: PaymentProps) {
  return (
    <Form class="panel" sends={(fields) => place(fields.get('paymentMethod') as PaymentMethod)}>
      {already && <OrderedAlready {...already} />}
      <Destination address={address} />
      <PaymentMethods />
      <button class="button wide" type="submit">
        {texts().checkout.place(won(totalKrw))}
      </button>
    </Form>
  );
}

function NothingToOrder() {
  const { checkout, cart } = texts();
  return (
    <>
      <h1>{checkout.title}</h1>
      <p class="nothing">
        {checkout.empty} <a href="#/products">{cart.find}</a>
      </p>
    </>
  );
}

export const checkoutPage: Page = async (_route, shop) => {
  const { openOrders, session } = shop;
  // Before anything else is ordered, because it is likely to be the same.
  const doubtful = openOrders.list().find(({ state }) => state === 'unknown');
  if (doubtful) return shop.leadTo(`/orders/${doubtful.order.id}`);
  const { title } = texts().checkout;
  const [cart, customer] = await Promise.all([shop.api.cart(), shop.api.me()]);
  if (cart.lines.length === 0) return { title, body: <NothingToOrder /> };
  const sums = sumsOf(cart, customer);
  const lines = cart.lines.map(({ productId, quantity }) => ({ productId, quantity }));
  const id = openOrders.draftId(lines, sums.totalKrw);
  const place = (paymentMethod: PaymentMethod) =>
    placeOrder(shop, { id, lines, paymentMethod, expectedTotalKrw: sums.totalKrw });
  const address = readAddress(localStorage, session.customerId());
  return {
    title,
    body: (
      <>
        <h1>{title}</h1>
        <div class="columns">
          {address === null ? (
            addressForm(shop, customer, () => void shop.refresh())
          ) : (
            <Payment
              address={address}
              totalKrw={sums.totalKrw}
              already={isOrderedAlready(shop, lines)}
              place={place}
            />
          )}
          <Summary cart={cart} sums={sums} grade={customer.grade} />
        </div>
      </>
    ),
    // The outcome may be faster than the answer.
    onOutcome({ orderId }) {
      if (orderId === id) shop.go(`/orders/${id}`);
      return orderId === id;
    },
  };
};
