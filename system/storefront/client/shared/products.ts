// How products look wherever they stand: picture, price, card.
import type { ProductSummary } from '../../../contract/catalog.ts';
import { won } from './format.ts';
import { type Html, html } from './html.ts';

/** Pictures of the shop itself; others would not be loaded (Content-Security-Policy). */
export function picture(product: Pick<ProductSummary, 'image'>, name: string): Html {
  const isOwn = /^\/(?!\/)[\w/.-]+$/.test(product.image);
  const source = isOwn ? product.image : '/images/categories/shop.svg';
  return html`<img class="picture" src="${source}" alt="${name}" loading="lazy" width="400" height="400">`;
}

/** The price; beside it, struck through, a list price that is higher. */
export function price({ priceKrw, listPriceKrw }: Pick<ProductSummary, 'priceKrw' | 'listPriceKrw'>): Html {
  const isReduced = listPriceKrw > priceKrw;
  const percent = Math.round((1 - priceKrw / listPriceKrw) * 100);
  return html`<p class="price">
    ${isReduced && percent > 0 && html`<span class="reduction">${percent}%</span>`}
    <strong>${won(priceKrw)}</strong>
    ${isReduced && html`<s><span class="unseen">instead of </span>${won(listPriceKrw)}</s>`}
  </p>`;
}

/** A product in a list. */
export function card(product: ProductSummary): Html {
  return html`<li class="card${product.soldOut ? ' sold-out' : ''}">
    <a href="#/products/${product.id}">
      <span class="frame">${picture(product, '')}${product.soldOut && html`<span class="mark">Sold out</span>`}</span>
      <span class="name" lang="ko">${product.name}</span>
    </a>
    ${price(product)}
  </li>`;
}

/** Products side by side. */
export const cards = (products: readonly ProductSummary[]): Html =>
  html`<ul class="cards">${products.map(card)}</ul>`;
