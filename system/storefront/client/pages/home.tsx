// The first page: search, categories, what is recommended, what is popular and what is new.
import type { CategoryView, ProductSort, ProductSummary } from '../../../contract/catalog.ts';
import { texts } from '../language/language.ts';
import { Cards, pictureOf } from '../shared/products.tsx';
import { recommended } from '../shared/recommended.tsx';
import { link } from '../shared/route.ts';
import type { Page } from '../shared/view.ts';

const SHOWN = '8';

const SAMPLE_COUNT = 3;

type HeroProps = {
  categoryCount: number;
  /** Some of them are shown. */
  products: readonly ProductSummary[];
};

function Hero({ categoryCount, products }: HeroProps) {
  const { home } = texts();
  return (
    <section class="hero">
      <h1>{home.headline}</h1>
      <p>{home.invitation(categoryCount)}</p>
      <a class="button" href="#/products">
        {home.seeAll}
      </a>
      <div class="samples" aria-hidden="true">
        {products.slice(0, SAMPLE_COUNT).map((product) => (
          <img key={product.id} class="picture" src={pictureOf(product)} alt="" width={136} height={136} />
        ))}
      </div>
    </section>
  );
}

function Categories({ categories }: { categories: readonly CategoryView[] }) {
  return (
    <nav aria-label={texts().home.categories}>
      <ul class="chips one-row">
        {categories.map(({ id, name }) => (
          <li key={id}>
            <a class="chip" href={link('/products', { categoryId: id })} lang="ko">
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

type ListProps = {
  title: string;
  sort: ProductSort;
  products: readonly ProductSummary[];
  /** It is the first thing of the page with pictures. */
  isFirst?: boolean;
};

function List({ title, sort, products, isFirst = false }: ListProps) {
  if (products.length === 0) return null;
  return (
    <section>
      <div class="heading">
        <h2>{title}</h2>
        <a href={link('/products', { sort })} aria-label={`${texts().home.more}: ${title}`}>
          {texts().home.more}
        </a>
      </div>
      <Cards products={products} isFirst={isFirst} />
    </section>
  );
}

export const homePage: Page = async (_route, shop) => {
  const { api } = shop;
  const { home } = texts();
  // What cannot be bought is no invitation; whoever looks for it finds it in the full list.
  const list = (sort: ProductSort) =>
    api.products(new URLSearchParams({ sort, pageSize: SHOWN, inStock: 'true' }));
  const [categories, popular, newest, ...lists] = await Promise.all([
    api.categories(),
    list('popular'),
    list('newest'),
    recommended(shop, 'for-you'),
    recommended(shop, 'category'),
    recommended(shop, 'trending'),
    recommended(shop, 'discounts'),
  ]);
  return {
    title: home.title,
    body: (
      <>
        <Hero categoryCount={categories.length} products={popular.items} />
        <Categories categories={categories} />
        {lists}
        <List
          title={home.popular}
          sort="popular"
          products={popular.items}
          isFirst={lists.every((each) => each === null)}
        />
        <List title={home.newest} sort="newest" products={newest.items} />
      </>
    ),
  };
};
