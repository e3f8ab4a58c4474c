// One product, putting it into the cart, and what goes with it.
import type { CategoryView, ProductView } from '../../../contract/catalog.ts';
import { texts } from '../language/language.ts';
import { createAdding } from '../shared/adding.ts';
import { maxLineQuantity } from '../shared/contract-values.ts';
import { Form, Input } from '../shared/controls.tsx';
import { ProductCounts } from '../shared/counted.tsx';
import { PictureAndMark, Price } from '../shared/products.tsx';
import { recommended } from '../shared/recommended.tsx';
import { link } from '../shared/route.ts';
import type { Page } from '../shared/view.ts';
import { Wish } from '../shared/wish.tsx';

const FEW = 10;

function Stock({ soldOut, stockCount, orderCount }: ProductView) {
  const { product, products } = texts();
  const isFew = soldOut || stockCount <= FEW;
  const left = soldOut ? products.soldOut : isFew ? product.onlyLeft(stockCount) : product.inStock;
  const ordered = orderCount === 0 ? '' : ` · ${product.ordered(orderCount)}`;
  return <p class={`stock${isFew ? ' few' : ''}`}>{left + ordered}</p>;
}

type BuyingProps = { product: ProductView; add: (quantity: number) => Promise<void> };

function Buying({ product, add }: BuyingProps) {
  const { product: words } = texts();
  if (product.soldOut)
    return (
      <div class="buying">
        <p class="note">{words.cannotOrder}</p>
        <Wish productId={product.id} />
      </div>
    );
  const most = Math.min(maxLineQuantity, product.stockCount);
  return (
    <Form class="buying" sends={(fields) => add(Number(fields.get('quantity')))}>
      <Input
        label={words.quantity}
        type="number"
        name="quantity"
        defaultValue="1"
        min="1"
        max={most}
        required
      />
      <button class="button" type="submit">
        {words.add}
      </button>
      <Wish productId={product.id} />
    </Form>
  );
}

function Way({ category }: { category: CategoryView | undefined }) {
  return (
    <nav class="way" aria-label={texts().product.way}>
      <a href="#/products">{texts().products.all}</a>
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

function Product({ product, ...buying }: BuyingProps) {
  return (
    <article class={`product${product.soldOut ? ' sold-out' : ''}`}>
      <div class="frame">
        <PictureAndMark product={product} isFirst />
      </div>
      <div class="about">
        <h1 lang="ko">{product.name}</h1>
        <Price {...product} />
        <Stock {...product} />
        <ProductCounts productId={product.id} />
        <Buying product={product} {...buying} />
        <p class="description" lang="ko">
          {product.description}
        </p>
        <Tags tags={product.tags} />
      </div>
    </article>
  );
}

export const productPage: Page = async ({ path }, shop) => {
  // Wishes too, so that the heart is there from the beginning.
  const [product, categories, _wished, ...lists] = await Promise.all([
    shop.api.product(Number(path[1])),
    shop.api.categories(),
    shop.wishes.ids(),
    recommended(shop, 'viewed'),
    recommended(shop, 'bought-together'),
  ]);
  const add = createAdding(shop, product.id);
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
