// The first page: search, categories, what is recommended, what is popular and what is new.
import type { CategoryView, ProductSummary } from '../../../contract/catalog.ts';
import { Cards } from '../shared/products.tsx';
import { recommended } from '../shared/recommended.tsx';
import { link, type Page } from '../shared/view.ts';

const SHOWN = '8';

const SAMPLES = ['fresh-produce', 'skincare', 'flights'];

function Hero({ categoryCount }: { categoryCount: number }) {
  return (
    <section class="hero">
      <h1>Everything for the busiest hour</h1>
      <p>{categoryCount} categories, delivered free from ₩50,000.</p>
      <a class="button" href="#/products">
        See all products
      </a>
      <div class="samples" aria-hidden="true">
        {SAMPLES.map((key) => (
          <img key={key} class="picture" src={`/images/categories/${key}.svg`} alt="" />
        ))}
      </div>
    </section>
  );
}

function Categories({ categories }: { categories: readonly CategoryView[] }) {
  return (
    <nav aria-label="Categories">
      <ul class="chips">
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

type ListProps = { title: string; sort: string; products: readonly ProductSummary[] };

function List({ title, sort, products }: ListProps) {
  return (
    <section>
      <div class="heading">
        <h2>{title}</h2>
        <a href={link('/products', { sort })}>More</a>
      </div>
      <Cards products={products} />
    </section>
  );
}

export const homePage: Page = async (_route, shop) => {
  const { api } = shop;
  const list = (sort: string) => api.products(new URLSearchParams({ sort, pageSize: SHOWN }));
  const [categories, popular, newest, ...lists] = await Promise.all([
    api.categories(),
    list('popular'),
    list('newest'),
    recommended(shop, 'for-you', 'For you'),
    recommended(shop, 'category', 'From what you look at most'),
    recommended(shop, 'trending', 'Everybody looks at'),
    recommended(shop, 'discounts', 'Reduced for you'),
  ]);
  return {
    title: 'Home',
    body: (
      <>
        <Hero categoryCount={categories.length} />
        <Categories categories={categories} />
        {lists}
        <List title="Popular now" sort="popular" products={popular.items} />
        <List title="New in" sort="newest" products={newest.items} />
      </>
    ),
  };
};
