// The cart: quantities, taking lines out, on to the checkout.
import type { CartView } from '../../../contract/cart.ts';
import { texts } from '../language/language.ts';
import { maxLineQuantity, maxOrderLines } from '../shared/contract-values.ts';
import { Action, Form, Input } from '../shared/controls.tsx';
import { cartDeed } from '../shared/deeds.ts';
import { won } from '../shared/format.ts';
import { Thumbnail } from '../shared/products.tsx';
import type { Page, Shop } from '../shared/view.ts';

type Line = CartView['lines'][number];

type Changes = {
  setQuantity: (line: Line, quantity: number) => Promise<void>;
  remove: (line: Line) => Promise<void>;
};

function Quantity({ line, setQuantity }: { line: Line } & Pick<Changes, 'setQuantity'>) {
  return (
    <Form sendsItself startsOver sends={(fields) => setQuantity(line, Number(fields.get('quantity')))}>
      <Input
        label={<span class="unseen">{texts().cart.quantityOf(line.name)}</span>}
        type="number"
        name="quantity"
        defaultValue={String(line.quantity)}
        min="1"
        max={maxLineQuantity}
        required
      />
    </Form>
  );
}

function Row({ line, setQuantity, remove }: { line: Line } & Changes) {
  const { cart, products } = texts();
  return (
    <li class={`line${line.soldOut ? ' sold-out' : ''}`}>
      <Thumbnail line={line} />
      <div class="what">
        <a href={`#/products/${line.productId}`} lang="ko">
          {line.name}
        </a>
        <p>
          {cart.each(won(line.unitPriceKrw))}{' '}
          {line.soldOut && <span class="warning">{products.soldOut}</span>}
        </p>
      </div>
      <Quantity line={line} setQuantity={setQuantity} />
      <p class="sum">{won(line.unitPriceKrw * line.quantity)}</p>
      <Action class="plain" does={() => remove(line)} aria-label={cart.takeOut(line.name)}>
        {cart.remove}
      </Action>
    </li>
  );
}

/** What stands in the way of ordering this cart, or null. */
export function obstacle({ lines }: CartView): string | null {
  const { cart } = texts();
  if (lines.some(({ soldOut }) => soldOut)) return cart.removeSoldOut;
  if (lines.length > maxOrderLines) return cart.tooMany(maxOrderLines);
  return null;
}

type CartProps = { cart: CartView; isGuest: boolean };

function Summary({ cart, isGuest }: CartProps) {
  const { cart: words } = texts();
  const problem = obstacle(cart);
  return (
    <aside class="summary">
      <dl>
        <dt>{words.items}</dt>
        <dd>{won(cart.itemsTotalKrw)}</dd>
      </dl>
      <p class="note">{isGuest ? words.signInToOrder : words.note}</p>
      {problem === null ? (
        <a class="button wide" href="#/checkout">
          {words.checkout}
        </a>
      ) : (
        <p class="warning">{problem}</p>
      )}
    </aside>
  );
}

function Cart({ cart, isGuest, ...changes }: CartProps & Changes) {
  const { cart: words } = texts();
  return (
    <>
      <h1>{words.title}</h1>
      {cart.lines.length === 0 ? (
        <p class="nothing">
          {words.empty} <a href="#/products">{words.find}</a>
        </p>
      ) : (
        <div class="columns">
          <ul class="lines">
            {cart.lines.map((line) => (
              <Row key={line.productId} line={line} {...changes} />
            ))}
          </ul>
          <Summary cart={cart} isGuest={isGuest} />
        </div>
      )}
    </>
  );
}

/** Whatever has become of a change, the page then shows what the cart holds. */
function changesOf({ cart, behaviour, refresh, refreshHeader }: Shop): Changes {
  const showAnew = () => Promise.all([refresh(), refreshHeader()]);
  async function change({ productId, quantity }: Line, to: number): Promise<void> {
    await (to === 0 ? cart.remove(productId) : cart.set(productId, to)).finally(showAnew);
    const deed = cartDeed(productId, quantity, to);
    if (deed !== null) behaviour.tell(deed);
  }
  return { setQuantity: change, remove: (line) => change(line, 0) };
}

export const cartPage: Page = async (_route, shop) => ({
  title: texts().cart.title,
  body: <Cart cart={await shop.cart.view()} isGuest={!shop.session.isSignedIn()} {...changesOf(shop)} />,
});
