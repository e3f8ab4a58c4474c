// How products look wherever they stand: picture, price, card.
import type { ComponentChildren } from 'preact';
import type { ProductSummary } from '../../../contract/catalog.ts';
import { type Pictured, pictureAddress } from '../../pictures/picture-address.ts';
import { texts } from '../language/language.ts';
import { drawingsVersion } from './contract-values.ts';
import { CardCounts } from './counted.tsx';
import { won } from './format.ts';
import { CardWish } from './wish.tsx';

/** The address of a product's picture: a photograph of the shop's, or a drawing. */
export const pictureOf = (product: Pictured): string => pictureAddress(product, drawingsVersion);

/** The picture of a product whose name stands beside it. */
function Picture({ product, isFirst }: { product: Pictured; isFirst: boolean }) {
  // Lazy before it has a source, or it is fetched at once.
  return (
    <img
      class="picture"
      loading={isFirst ? 'eager' : 'lazy'}
      src={pictureOf(product)}
      alt=""
      width={400}
      height={400}
    />
  );
}

/** What a line of a cart or an order knows of its product; without an image the shop is asked which picture it is. */
type LineOfOne = { productId: number; name?: string; image?: string };

/** A small picture in a line of a cart or an order. */
export function Thumbnail({ line: { productId, name, image } }: { line: LineOfOne }) {
  const isKnown = name !== undefined && image !== undefined;
  const source = isKnown ? pictureOf({ id: productId, name, image }) : `/images/products/${productId}`;
  return <img class="thumbnail" loading="lazy" src={source} alt="" width={64} height={64} />;
}

/** The picture with a mark on it where the product is sold out. */
export function PictureAndMark({
  product,
  isFirst = false,
}: {
  product: Pictured & Pick<ProductSummary, 'soldOut'>;
  /** It is what the page shows first, so it is not waited with. */
  isFirst?: boolean;
}) {
  return (
    <>
      <Picture product={product} isFirst={isFirst} />
      {product.soldOut && <span class="mark">{texts().products.soldOut}</span>}
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

type CardProps = {
  product: ProductSummary;
  isFirst?: boolean;
  /** Below it, in place of the heart on it. */
  children?: ComponentChildren;
};

/** A product in a list. */
export function Card({ product, isFirst = false, children }: CardProps) {
  return (
    <li class={`card${product.soldOut ? ' sold-out' : ''}`} data-product-id={product.id}>
      <a href={`#/products/${product.id}`}>
        <span class="frame">
          <PictureAndMark product={product} isFirst={isFirst} />
        </span>{' '}
        <span class="name" lang="ko">
          {product.name}
        </span>
      </a>
      <Price {...product} />
      <CardCounts productId={product.id} />
      {children ?? <CardWish product={product} />}
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
