// The checkout: where the order goes, what it will cost, how it is paid, and placing it. Its total is the shop's own rule, and
// is sent along, so that the order is rejected rather than placed at another price.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { CartView } from '../../../contract/cart.ts';
import type { PaymentMethod } from '../../../contract/common.ts';
import type { Address } from '../../../contract/customers.ts';
import type { OrderLine } from '../../../contract/orders.ts';
import { texts } from '../language/language.ts';
import { addressText } from '../shared/address.ts';
import { Form } from '../shared/controls.tsx';
import { won } from '../shared/format.ts';
import { areSameLines, type OpenOrder } from '../shared/open-orders.ts';
import { placeOrder } from '../shared/placing.ts';
import type { Page, Shop } from '../shared/view.ts';
import { addressForm, addressLink } from './address.tsx';
import { obstacle } from './cart.tsx';
import { Summary, type SummaryProps, sumsOf } from './checkout-summary.tsx';
import { CouponChoice, type Quote } from './coupon-choice.tsx';

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

type CheckoutProps = SummaryProps & {
  address: Address;
  quotes: readonly Quote[];
  already: OpenOrder | undefined;
  /** From now on the order is the one with this coupon. */
  choose: (quote: Quote | null) => void;
  place: (paymentMethod: PaymentMethod) => Promise<void>;
};

/** The step that pays: the best coupon is chosen until another one is. */
function Checkout({ address, quotes, already, choose, place, ...summary }: CheckoutProps) {
  const [chosenId, show] = useState(quotes[0]?.couponId ?? null);
  const coupon = quotes.find(({ couponId }) => couponId === chosenId) ?? null;
  return (
    <div class="columns">
      <Form class="panel" sends={(fields) => place(fields.get('paymentMethod') as PaymentMethod)}>
        {already && <OrderedAlready {...already} />}
        <Destination address={address} />
        <CouponChoice
          quotes={quotes}
          chosen={coupon}
          choose={(quote) => {
            show(quote?.couponId ?? null);
            choose(quote);
          }}
        />
        <PaymentMethods />
        <button class="button wide" type="submit">
          {texts().checkout.place(won(coupon?.totalKrw ?? summary.sums.totalKrw))}
        </button>
      </Form>
      <Summary {...summary} coupon={coupon} />
    </div>
  );
}

/** The step before it, which asks where the order goes. */
function AddressStep({ form, summary }: { form: ComponentChildren; summary: SummaryProps }) {
  return (
    <>
      <h1>{texts().checkout.title}</h1>
      <div class="columns">
        {form}
        <Summary {...summary} coupon={null} />
      </div>
    </>
  );
}

/** Why there is nothing to pay, and the way out of it. */
function NotNow({ why, to, children }: { why: string; to: string; children: string }) {
  return (
    <>
      <h1>{texts().checkout.title}</h1>
      <p class="nothing">
        {why} <a href={to}>{children}</a>
      </p>
    </>
  );
}

/** In place of a checkout of this cart; null where nothing stands in its way. */
function insteadOf(cart: CartView): ComponentChildren {
  const { checkout, cart: words, product } = texts();
  if (cart.lines.length === 0)
    return (
      <NotNow why={checkout.empty} to="#/products">
        {words.find}
      </NotNow>
    );
  const problem = obstacle(cart);
  if (problem === null) return null;
  return (
    <NotNow why={problem} to="#/cart">
      {product.seeCart}
    </NotNow>
  );
}

/** The order as it would be placed with a coupon or without one; the same one has the same id. */
function orderOf(
  { openOrders }: Shop,
  { cart, sums }: Pick<SummaryProps, 'cart' | 'sums'>,
  quote: Quote | null,
) {
  const lines = cart.lines.map(({ productId, quantity }) => ({ productId, quantity }));
  const expectedTotalKrw = quote?.totalKrw ?? sums.totalKrw;
  const id = openOrders.draftId(lines, expectedTotalKrw, quote?.couponId);
  return { id, lines, expectedTotalKrw, ...(quote && { couponId: quote.couponId }) };
}

/** Best first; none where the shop has no coupons, or does not say. */
function quotesFor({ api }: Shop, { lines }: CartView): Promise<readonly Quote[]> {
  const asked = lines.map(({ productId, quantity }) => ({ productId, quantity }));
  return api.couponQuotes(asked).then(
    ({ quotes }) => quotes,
    () => [],
  );
}

export const checkoutPage: Page = async (_route, shop) => {
  // Before anything else is ordered, because it is likely to be the same.
  const doubtful = shop.openOrders.list().find(({ state }) => state === 'unknown');
  if (doubtful) return shop.leadTo(`/orders/${doubtful.order.id}`);
  const { title } = texts().checkout;
  const [cart, customer, address] = await Promise.all([shop.api.cart(), shop.api.me(), shop.api.address()]);
  const instead = insteadOf(cart);
  if (instead !== null) return { title, body: instead };
  const summary = { cart, sums: sumsOf(cart, customer), grade: customer.grade };
  if (address === null) {
    const form = addressForm(shop, { customer, address }, () => void shop.refresh());
    return { title, body: <AddressStep form={form} summary={summary} /> };
  }
  const quotes = await quotesFor(shop, cart);
  let order = orderOf(shop, summary, quotes[0] ?? null);
  return {
    title,
    body: (
      <>
        <h1>{title}</h1>
        <Checkout
          {...summary}
          address={address}
          quotes={quotes}
          already={isOrderedAlready(shop, order.lines)}
          choose={(quote) => {
            order = orderOf(shop, summary, quote);
          }}
          place={(paymentMethod) => placeOrder(shop, { ...order, paymentMethod })}
        />
      </>
    ),
    // The outcome may be faster than the answer.
    onOutcome({ orderId }) {
      if (orderId === order.id) shop.go(`/orders/${orderId}`);
      return orderId === order.id;
    },
  };
};
