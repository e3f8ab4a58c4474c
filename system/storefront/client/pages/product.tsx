// One product, putting it into the cart, and what goes with it.
import type { CategoryView, ProductView } from '../../../contract/catalog.ts';
import { maxLineQuantity } from '../shared/contract-values.ts';
import { Form } from '../shared/controls.tsx';
import { PictureAndMark, Price } from '../shared/products.tsx';
import { recommended } from '../shared/recommended.tsx';
import { certaintyAfter } from '../shared/request.ts';
import { link, type Page, type Shop } from '../shared/view.ts';

const FEW = 10;

function Stock({ soldOut, stockCount, orderCount }: ProductView) {
  const left = soldOut ? 'Sold out' : stockCount <= FEW ? `Only ${stockCount} left` : 'In stock';
  const ordered = orderCount === 0 ? '' : ` · ordered ${orderCount.toLocaleString('en-US')} times`;
  return <p class={`stock${soldOut || stockCount <= FEW ? ' few' : ''}`}>{left + ordered}</p>;
}

type BuyingProps = { product: ProductView; add: (quantity: number) => Promise<void> };

function Buying({ product, add }: BuyingProps) {
  if (product.soldOut) return <p class="note">It cannot be ordered at the moment.</p>;
  const most = Math.min(maxLineQuantity, product.stockCount);
  return (
    <Form class="buying" sends={(fields) => add(Number(fields.get('quantity')))}>
      <label>
        Quantity <input type="number" name="quantity" defaultValue="1" min="1" max={most} required />
      </label>
      <button class="button" type="submit">
        Add to cart
      </button>
    </Form>
  );
}

function Way({ category }: { category: CategoryView | undefined }) {
  return (
    <nav class="way" aria-label="Where you are">
      <a href="#/products">All products</a>
      {category && (
        <>
          {' / '}
          <a href={link('/products', { categoryId: category.id })} lang="ko">
            {category.name}
          </a>
        </>
      )}
    </nav>
  );
}

function Tags({ tags }: { tags: readonly string[] }) {
  return (
    <ul class="chips">
      {tags.map((text) => (
        <li key={text}>
          <a class="chip" href={link('/products', { search: text })} lang="ko">
            {text}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Product({ product, add }: BuyingProps) {
  return (
    <article class={`product${product.soldOut ? ' sold-out' : ''}`}>
      <div class="frame">
        <PictureAndMark {...product} />
      </div>
      <div class="about">
        <h1 lang="ko">{product.name}</h1>
        <Price {...product} />
        <Stock {...product} />
        <Buying product={product} add={add} />
        <p class="description" lang="ko">
          {product.description}
        </p>
        <Tags tags={product.tags} />
      </div>
    </article>
  );
}

const SEE_CART = { address: '/cart', text: 'See the cart' };

async function quantityInCart({ api }: Shop, { id }: ProductView): Promise<number> {
  const { lines } = await api.cart();
  return lines.find(({ productId }) => productId === id)?.quantity ?? 0;
}

/**
 * Makes what puts a product into the cart. The shop is told the quantity that the cart is to hold; where it does not
 * answer, the next press asks for that same quantity, so that nothing is added twice.
 */
function createAdding(shop: Shop, product: ProductView): (wanted: number) => Promise<void> {
  let unanswered: { wanted: number; target: number } | null = null;

  /** Whether the cart holds it now, as far as the shop says. */
  async function set(wanted: number, target: number): Promise<'yes' | 'no' | 'unknown'> {
    try {
      unanswered = null;
      await shop.api.setCartItem(product.id, target);
      return 'yes';
    } catch (error) {
      if (certaintyAfter(error) !== 'unknown') throw error;
      unanswered = { wanted, target };
      return quantityInCart(shop, product).then(
        (quantity) => (quantity === target ? 'yes' : 'no'),
        () => 'unknown',
      );
    }
  }

  return async (wanted) => {
    if (!shop.session.isSignedIn()) return shop.go(`/sign-in?next=/products/${product.id}`);
    const target =
      unanswered?.wanted === wanted
        ? unanswered.target
        : Math.min((await quantityInCart(shop, product)) + wanted, maxLineQuantity);
    const isThere = await set(wanted, target);
    await shop.refreshHeader();
    switch (isThere) {
      case 'yes':
        unanswered = null;
        return shop.notify('It is in your cart.', SEE_CART);
      case 'no':
        return shop.notify('The shop did not answer; it is not in your cart so far. Add it again.', SEE_CART);
      case 'unknown':
        return shop.notify(
          'The shop did not answer, so it is not known whether it is in your cart. Adding it again adds it once.',
          SEE_CART,
          'until-closed',
        );
    }
  };
}

export const productPage: Page = async ({ path }, shop) => {
  const [product, categories, ...lists] = await Promise.all([
    shop.api.product(Number(path[1])),
    shop.api.categories(),
    recommended(shop, 'viewed', 'Like what you viewed'),
    recommended(shop, 'bought-together', 'Bought together'),
  ]);
  const add = createAdding(shop, product);
  const category = categories.find(({ id }) => id === product.categoryId);
  return {
    title: product.name,
    body: (
      <>
        <Way category={category} />
        <Product product={product} add={add} />
        {lists}
      </>
    ),
  };
};
