// How products look wherever they stand: picture, price, card.
import type { ProductSummary } from '../../../contract/catalog.ts';
import { won } from './format.ts';

/** Pictures of the shop itself; others would not be loaded (Content-Security-Policy). */
function Picture({ image }: Pick<ProductSummary, 'image'>) {
  const isOwn = /^\/(?!\/)[\w/.-]+$/.test(image);
  const source = isOwn ? image : '/images/categories/shop.svg';
  // Lazy before it has a source, or it is fetched at once. Its name stands beside it.
  return <img class="picture" loading="lazy" src={source} alt="" width={400} height={400} />;
}

/** The picture with a mark on it where the product is sold out. */
export function PictureAndMark({ image, soldOut }: Pick<ProductSummary, 'image' | 'soldOut'>) {
  return (
    <>
      <Picture image={image} />
      {soldOut && <span class="mark">Sold out</span>}
    </>
  );
}

/** The price; beside it, struck through, a list price that is higher. */
export function Price({ priceKrw, listPriceKrw }: Pick<ProductSummary, 'priceKrw' | 'listPriceKrw'>) {
  const isReduced = listPriceKrw > priceKrw;
  const percent = Math.round((1 - priceKrw / listPriceKrw) * 100);
  return (
    <p class="price">
      {isReduced && percent > 0 && <span class="reduction">{percent}%</span>} <strong>{won(priceKrw)}</strong>{' '}
      {isReduced && (
        <s>
          <span class="unseen">instead of </span>
          {won(listPriceKrw)}
        </s>
      )}
    </p>
  );
}

/** A product in a list. */
function Card({ product }: { product: ProductSummary }) {
  return (
    <li class={`card${product.soldOut ? ' sold-out' : ''}`}>
      <a href={`#/products/${product.id}`}>
        <span class="frame">
          <PictureAndMark {...product} />
        </span>{' '}
        <span class="name" lang="ko">
          {product.name}
        </span>
      </a>
      <Price {...product} />
    </li>
  );
}

/** Products side by side. */
export function Cards({ products }: { products: readonly ProductSummary[] }) {
  return (
    <ul class="cards">
      {products.map((product) => (
        <Card key={product.id} product={product} />
      ))}
    </ul>
  );
}
