// How products look wherever they stand: picture, price, card.
import type { ComponentChildren } from 'preact';
import type { ProductSummary } from '../../../contract/catalog.ts';
import { texts } from '../language/language.ts';
import { CardCounts } from './counted.tsx';
import { won } from './format.ts';

/** The address of a product's picture: a photograph of the shop's, or a drawing. */
export const pictureOf = (productId: number): string => `/images/products/${productId}`;

/** The picture of a product whose name stands beside it. */
function Picture({ id, isFirst }: { id: number; isFirst: boolean }) {
  // Lazy before it has a source, or it is fetched at once.
  return (
    <img
      class="picture"
      loading={isFirst ? 'eager' : 'lazy'}
      src={pictureOf(id)}
      alt=""
      width={400}
      height={400}
    />
  );
}

/** A small picture in a line of a cart or an order. */
export function Thumbnail({ productId }: { productId: number }) {
  return <img class="thumbnail" loading="lazy" src={pictureOf(productId)} alt="" width={64} height={64} />;
}

/** The picture with a mark on it where the product is sold out. */
export function PictureAndMark({
  id,
  soldOut,
  isFirst = false,
}: Pick<ProductSummary, 'id' | 'soldOut'> & {
  /** It is what the page shows first, so it is not waited with. */
  isFirst?: boolean;
}) {
  return (
    <>
      <Picture id={id} isFirst={isFirst} />
      {soldOut && <span class="mark">{texts().products.soldOut}</span>}
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
          <span class="unseen">{texts().products.insteadOf} </span>
          {won(listPriceKrw)}
        </s>
      )}
    </p>
  );
}

type CardProps = { product: ProductSummary; isFirst?: boolean; children?: ComponentChildren };

/** A product in a list; below it whatever else there is to it. */
export function Card({ product, isFirst = false, children }: CardProps) {
  return (
    <li class={`card${product.soldOut ? ' sold-out' : ''}`} data-product-id={product.id}>
      <a href={`#/products/${product.id}`}>
        <span class="frame">
          <PictureAndMark {...product} isFirst={isFirst} />
        </span>{' '}
        <span class="name" lang="ko">
          {product.name}
        </span>
      </a>
      <Price {...product} />
      <CardCounts productId={product.id} />
      {children}
    </li>
  );
}

/** As many as are seen at once of what a page begins with. */
const SEEN_FIRST = 4;

type CardsProps = {
  products: readonly ProductSummary[];
  /** The page begins with these. */
  isFirst?: boolean;
};

/** Products side by side. */
export function Cards({ products, isFirst = false }: CardsProps) {
  return (
    <ul class="cards">
      {products.map((product, index) => (
        <Card key={product.id} product={product} isFirst={isFirst && index < SEEN_FIRST} />
      ))}
    </ul>
  );
}
