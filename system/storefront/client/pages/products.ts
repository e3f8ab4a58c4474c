// The list of products: by category, by search text, in four orders, page by page.
import type { CategoryView, ProductList } from '../../../contract/catalog.ts';
import { maxPage } from '../shared/contract-values.ts';
import { html } from '../shared/html.ts';
import { cards } from '../shared/products.ts';
import { link, type Page } from '../shared/view.ts';

const SORTS = {
  popular: 'Popular',
  newest: 'Newest',
  'price-ascending': 'Price, low to high',
  'price-descending': 'Price, high to low',
};
const PAGE_SIZE = '24';

type Selection = { categoryId: string; search: string; sort: string };

/** The selection as the address has it. */
function selectionOf(query: URLSearchParams): Selection {
  return {
    categoryId: query.get('categoryId') ?? '',
    search: query.get('search') ?? '',
    sort: query.get('sort') ?? 'popular',
  };
}

const option = (value: string, text: string, selected: string) =>
  html`<option value="${value}"${value === selected && html` selected`}>${text}</option>`;

function filter(selection: Selection, categories: readonly CategoryView[]) {
  return html`<form class="filter" data-form="filter" data-sends-itself>
    <label>Category
      <select name="categoryId" lang="ko">
        ${option('', 'All', selection.categoryId)}
        ${categories.map(({ id, name }) => option(String(id), name, selection.categoryId))}
      </select>
    </label>
    <label>Sort by
      <select name="sort">${Object.entries(SORTS).map(([value, text]) => option(value, text, selection.sort))}</select>
    </label>
  </form>`;
}

function pager(selection: Selection, { page, hasNext }: ProductList) {
  const to = (target: number) => link('/products', { ...selection, page: target });
  const isLast = !hasNext || page >= maxPage;
  if (page === 1 && isLast) return null;
  return html`<nav class="pager" aria-label="Pages">
    ${page > 1 ? html`<a class="button quiet" rel="prev" href="${to(page - 1)}">Previous</a>` : html`<span></span>`}
    <span>Page ${page}</span>
    ${isLast ? html`<span></span>` : html`<a class="button quiet" rel="next" href="${to(page + 1)}">Next</a>`}
  </nav>`;
}

export const productsPage: Page = async ({ query }, { api, go }) => {
  const selection = selectionOf(query);
  const request = new URLSearchParams({
    sort: selection.sort,
    pageSize: PAGE_SIZE,
    page: query.get('page') ?? '1',
  });
  if (selection.categoryId !== '') request.set('categoryId', selection.categoryId);
  if (selection.search !== '') request.set('search', selection.search);
  const [categories, list] = await Promise.all([api.categories(), api.products(request)]);
  const category = categories.find(({ id }) => String(id) === selection.categoryId);
  const title = selection.search === '' ? (category?.name ?? 'All products') : `“${selection.search}”`;
  return {
    title,
    body: html`
      <div class="heading">
        <h1 lang="ko">${title}</h1>
        ${selection.search !== '' && html`<a href="${link('/products', { ...selection, search: null })}">Clear the search</a>`}
      </div>
      ${filter(selection, categories)}
      ${
        list.items.length === 0
          ? html`<p class="nothing">Nothing here. Try fewer words or another category.</p>`
          : cards(list.items)
      }
      ${pager(selection, list)}`,
    forms: {
      async filter(fields) {
        const chosen = { categoryId: String(fields.get('categoryId')), sort: String(fields.get('sort')) };
        go(link('/products', { ...chosen, search: selection.search }).slice(1));
      },
    },
  };
};
