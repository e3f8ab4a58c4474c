// The cart: quantities, taking lines out, on to the checkout.
import type { CartView } from '../../../contract/cart.ts';
import { maxLineQuantity, maxOrderLines } from '../shared/contract-values.ts';
import { Action, Form } from '../shared/controls.tsx';
import { won } from '../shared/format.ts';
import type { Page, Shop } from '../shared/view.ts';

type Line = CartView['lines'][number];

type Changes = {
  setQuantity: (productId: number, quantity: number) => Promise<void>;
  remove: (productId: number) => Promise<void>;
};

function Quantity({ line, setQuantity }: { line: Line } & Pick<Changes, 'setQuantity'>) {
  return (
    <Form
      sendsItself
      startsOver
      sends={(fields) => setQuantity(line.productId, Number(fields.get('quantity')))}
    >
      <label>
        <span class="unseen">Quantity of {line.name}</span>
        <input
          type="number"
          name="quantity"
          defaultValue={String(line.quantity)}
          min="1"
          max={maxLineQuantity}
          required
        />
      </label>
    </Form>
  );
}

function Row({ line, setQuantity, remove }: { line: Line } & Changes) {
  return (
    <li class={`line${line.soldOut ? ' sold-out' : ''}`}>
      <div class="what">
        <a href={`#/products/${line.productId}`} lang="ko">
          {line.name}
        </a>
        <p>
          {won(line.unitPriceKrw)} each {line.soldOut && <span class="warning">Sold out</span>}
        </p>
      </div>
      <Quantity line={line} setQuantity={setQuantity} />
      <p class="sum">{won(line.unitPriceKrw * line.quantity)}</p>
      <Action class="plain" does={() => remove(line.productId)} aria-label={`Take ${line.name} out`}>
        Remove
      </Action>
    </li>
  );
}

/** What stands in the way of ordering this cart, or null. */
function obstacle({ lines }: CartView): string | null {
  if (lines.some(({ soldOut }) => soldOut)) return 'Remove what is sold out before you order.';
  if (lines.length > maxOrderLines) return `An order holds at most ${maxOrderLines} different products.`;
  return null;
}

function Summary({ cart }: { cart: CartView }) {
  const problem = obstacle(cart);
  return (
    <aside class="summary">
      <dl>
        <dt>Items</dt>
        <dd>{won(cart.itemsTotalKrw)}</dd>
      </dl>
      <p class="note">Shipping and your discount are shown at the checkout.</p>
      {problem === null ? (
        <a class="button wide" href="#/checkout">
          Checkout
        </a>
      ) : (
        <p class="warning">{problem}</p>
      )}
    </aside>
  );
}

function Cart({ cart, ...changes }: { cart: CartView } & Changes) {
  return (
    <>
      <h1>Your cart</h1>
      {cart.lines.length === 0 ? (
        <p class="nothing">
          It is empty. <a href="#/products">Find something</a>
        </p>
      ) : (
        <div class="columns">
          <ul class="lines">
            {cart.lines.map((line) => (
              <Row key={line.productId} line={line} {...changes} />
            ))}
          </ul>
          <Summary cart={cart} />
        </div>
      )}
    </>
  );
}

/** Whatever has become of a change, the page then shows what the cart holds. */
function changesOf({ api, refresh, refreshHeader }: Shop): Changes {
  const showAnew = () => Promise.all([refresh(), refreshHeader()]);
  return {
    setQuantity: async (productId, quantity) => {
      await api.setCartItem(productId, quantity).finally(showAnew);
    },
    remove: async (productId) => {
      await api.removeCartItem(productId).finally(showAnew);
    },
  };
}

export const cartPage: Page = async (_route, shop) => ({
  title: 'Your cart',
  body: <Cart cart={await shop.api.cart()} {...changesOf(shop)} />,
});
