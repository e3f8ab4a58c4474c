// The first page: search, categories, what is popular and what is new.
import type { CategoryView } from '../../../contract/catalog.ts';
import { html } from '../shared/html.ts';
import { cards } from '../shared/products.ts';
import { link, type Page } from '../shared/view.ts';

const SHOWN = '8';

const SAMPLES = ['fresh-produce', 'skincare', 'flights'];

const sample = (key: string) => html`<img class="picture" src="/images/categories/${key}.svg" alt="">`;

const tile = ({ id, name }: CategoryView) =>
  html`<li><a class="chip" href="${link('/products', { categoryId: id })}" lang="ko">${name}</a></li>`;

export const homePage: Page = async (_route, { api }) => {
  const list = (sort: string) => api.products(new URLSearchParams({ sort, pageSize: SHOWN }));
  const [categories, popular, newest] = await Promise.all([
    api.categories(),
    list('popular'),
    list('newest'),
  ]);
  return {
    title: 'Home',
    body: html`
      <section class="hero">
        <h1>Everything for the busiest hour</h1>
        <p>${categories.length} categories, delivered free from ₩50,000.</p>
        <a class="button" href="#/products">See all products</a>
        <div class="samples" aria-hidden="true">${SAMPLES.map(sample)}</div>
      </section>
      <nav aria-label="Categories"><ul class="chips">${categories.map(tile)}</ul></nav>
      <section>
        <div class="heading"><h2>Popular now</h2><a href="${link('/products', { sort: 'popular' })}">More</a></div>
        ${cards(popular.items)}
      </section>
      <section>
        <div class="heading"><h2>New in</h2><a href="${link('/products', { sort: 'newest' })}">More</a></div>
        ${cards(newest.items)}
      </section>`,
  };
};
