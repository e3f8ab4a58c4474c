// The checkout: what the order will cost, how it is paid, and placing it. Its total is the shop's own rule, and is sent
// along, so that the order is rejected rather than placed at another price.
import type { CartView } from '../../../contract/cart.ts';
import type { PaymentMethod } from '../../../contract/common.ts';
import type { CustomerView } from '../../../contract/customers.ts';
import type { OrderLine } from '../../../contract/orders.ts';
import { discountKrw, shippingKrw } from '../../../contract/pricing.ts';
import { Form } from '../shared/controls.tsx';
import { PAYMENT_METHODS, won } from '../shared/format.ts';
import { areSameLines, type OpenOrder } from '../shared/open-orders.ts';
import { placeOrder } from '../shared/placing.ts';
import type { Page, Shop } from '../shared/view.ts';

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
  return (
    <aside class="summary">
      <ul class="brief">
        {cart.lines.map((line) => (
          <li key={line.productId}>
            <span lang="ko">{line.name}</span> × {line.quantity}
          </li>
        ))}
      </ul>
      <dl>
        <dt>Items</dt>
        <dd>{won(sums.itemsKrw)}</dd>
        <dt>Shipping</dt>
        <dd>{sums.shippingKrw === 0 ? 'free' : won(sums.shippingKrw)}</dd>
        {sums.discountKrw > 0 && (
          <>
            <dt>{grade} discount</dt>
            <dd>{won(-sums.discountKrw)}</dd>
          </>
        )}
        <dt class="total">Total</dt>
        <dd class="total">{won(sums.totalKrw)}</dd>
      </dl>
    </aside>
  );
}

function PaymentMethods() {
  return (
    <fieldset>
      <legend>How do you pay?</legend>
      {Object.entries(PAYMENT_METHODS).map(([value, text], index) => (
        <label key={value} class="choice">
          <input type="radio" name="paymentMethod" value={value} required defaultChecked={index === 0} />{' '}
          {text}
        </label>
      ))}
    </fieldset>
  );
}

/** Something that was just ordered stands in the cart until the order is decided. */
function isOrderedAlready({ openOrders }: Shop, lines: OrderLine[]): OpenOrder | undefined {
  return openOrders.list().find(({ order }) => areSameLines(order.lines, lines));
}

function OrderedAlready({ order }: OpenOrder) {
  return (
    <p class="caution">
      You have just ordered exactly this, and the shop is deciding. Your cart is emptied then.{' '}
      <a href={`#/orders/${order.id}`}>See the order</a>
    </p>
  );
}

type CheckoutProps = SummaryProps & {
  already: OpenOrder | undefined;
  place: (paymentMethod: PaymentMethod) => Promise<void>;
};

function Checkout({ already, place, ...summary }: CheckoutProps) {
  return (
    <>
      <h1>Checkout</h1>
      <div class="columns">
        <Form class="panel" sends={(fields) => place(fields.get('paymentMethod') as PaymentMethod)}>
          {already && <OrderedAlready {...already} />}
          <PaymentMethods />
          <button class="button wide" type="submit">
            Place the order for {won(summary.sums.totalKrw)}
          </button>
        </Form>
        <Summary {...summary} />
      </div>
    </>
  );
}

function NothingToOrder() {
  return (
    <>
      <h1>Checkout</h1>
      <p class="nothing">
        Your cart is empty. <a href="#/products">Find something</a>
      </p>
    </>
  );
}

export const checkoutPage: Page = async (_route, shop) => {
  // Before anything else is ordered, because it is likely to be the same.
  const doubtful = shop.openOrders.list().find(({ state }) => state === 'unknown');
  if (doubtful) return shop.leadTo(`/orders/${doubtful.order.id}`);
  const [cart, customer] = await Promise.all([shop.api.cart(), shop.api.me()]);
  if (cart.lines.length === 0) return { title: 'Checkout', body: <NothingToOrder /> };
  const sums = sumsOf(cart, customer);
  const lines = cart.lines.map(({ productId, quantity }) => ({ productId, quantity }));
  const id = shop.openOrders.draftId(lines, sums.totalKrw);
  const place = (paymentMethod: PaymentMethod) =>
    placeOrder(shop, { id, lines, paymentMethod, expectedTotalKrw: sums.totalKrw });
  const already = isOrderedAlready(shop, lines);
  return {
    title: 'Checkout',
    body: <Checkout cart={cart} sums={sums} grade={customer.grade} already={already} place={place} />,
    // The outcome may be faster than the answer.
    onOutcome({ orderId }) {
      if (orderId === id) shop.go(`/orders/${id}`);
      return orderId === id;
    },
  };
};
