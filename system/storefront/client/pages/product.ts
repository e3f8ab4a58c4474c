// One product, and putting it into the cart.
import type { ProductView } from '../../../contract/catalog.ts';
import { maxLineQuantity } from '../contract-values.ts';
import { html } from '../html.ts';
import { picture, price } from '../products.ts';
import { link, type Page, type Shop } from '../view.ts';

const FEW = 10;

function stock({ soldOut, stockCount, orderCount }: ProductView) {
  const left = soldOut ? 'Sold out' : stockCount <= FEW ? `Only ${stockCount} left` : 'In stock';
  const ordered = orderCount === 0 ? '' : ` · ordered ${orderCount.toLocaleString('en-US')} times`;
  return html`<p class="stock${soldOut || stockCount <= FEW ? ' few' : ''}">${left}${ordered}</p>`;
}

function buying(product: ProductView) {
  if (product.soldOut) return html`<p class="note">It cannot be ordered at the moment.</p>`;
  const most = Math.min(maxLineQuantity, product.stockCount);
  return html`<form class="buying" data-form="add">
    <label>Quantity <input type="number" name="quantity" value="1" min="1" max="${most}" required></label>
    <button class="button" type="submit">Add to cart</button>
  </form>`;
}

const tag = (text: string) =>
  html`<li><a class="chip" href="${link('/products', { search: text })}" lang="ko">${text}</a></li>`;

async function add(shop: Shop, product: ProductView, wanted: number): Promise<void> {
  if (!shop.session.isSignedIn()) {
    shop.go(`/sign-in?next=/products/${product.id}`);
    return;
  }
  const { lines } = await shop.api.cart();
  const present = lines.find(({ productId }) => productId === product.id)?.quantity ?? 0;
  await shop.api.setCartItem(product.id, Math.min(present + wanted, maxLineQuantity));
  await shop.refreshHeader();
  shop.notify('It is in your cart.', { address: '/cart', text: 'See the cart' });
}

export const productPage: Page = async ({ path }, shop) => {
  const [product, categories] = await Promise.all([shop.api.product(Number(path[1])), shop.api.categories()]);
  const category = categories.find(({ id }) => id === product.categoryId);
  return {
    title: product.name,
    body: html`
      <nav class="way" aria-label="Where you are">
        <a href="#/products">All products</a>
        ${category && html` / <a href="${link('/products', { categoryId: category.id })}" lang="ko">${category.name}</a>`}
      </nav>
      <article class="product${product.soldOut ? ' sold-out' : ''}">
        <div class="frame">${picture(product, '')}${product.soldOut && html`<span class="mark">Sold out</span>`}</div>
        <div class="about">
          <h1 lang="ko">${product.name}</h1>
          ${price(product)} ${stock(product)} ${buying(product)}
          <p class="description" lang="ko">${product.description}</p>
          <ul class="chips">${product.tags.map(tag)}</ul>
        </div>
      </article>`,
    forms: { add: (fields) => add(shop, product, Number(fields.get('quantity'))) },
  };
};
