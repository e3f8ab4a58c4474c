// The list of products: by category, by search text, in four orders, page by page.
import type { CategoryView, ProductList } from '../../../contract/catalog.ts';
import { maxPage } from '../shared/contract-values.ts';
import { Form } from '../shared/controls.tsx';
import { Cards } from '../shared/products.tsx';
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

type FilterProps = {
  selection: Selection;
  categories: readonly CategoryView[];
  choose: (chosen: Pick<Selection, 'categoryId' | 'sort'>) => void;
};

function Filter({ selection, categories, choose }: FilterProps) {
  return (
    <Form
      class="filter"
      sendsItself
      sends={async (fields) =>
        choose({ categoryId: String(fields.get('categoryId')), sort: String(fields.get('sort')) })
      }
    >
      <label>
        Category
        <select name="categoryId" lang="ko">
          <option value="" selected={selection.categoryId === ''}>
            All
          </option>
          {categories.map(({ id, name }) => (
            <option key={id} value={id} selected={String(id) === selection.categoryId}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Sort by
        <select name="sort">
          {Object.entries(SORTS).map(([value, text]) => (
            <option key={value} value={value} selected={value === selection.sort}>
              {text}
            </option>
          ))}
        </select>
      </label>
    </Form>
  );
}

function Pager({ selection, list: { page, hasNext } }: { selection: Selection; list: ProductList }) {
  const to = (target: number) => link('/products', { ...selection, page: target });
  const isLast = !hasNext || page >= maxPage;
  if (page === 1 && isLast) return null;
  return (
    <nav class="pager" aria-label="Pages">
      {page > 1 ? (
        <a class="button quiet" rel="prev" href={to(page - 1)}>
          Previous
        </a>
      ) : (
        <span />
      )}
      <span>Page {page}</span>
      {isLast ? (
        <span />
      ) : (
        <a class="button quiet" rel="next" href={to(page + 1)}>
          Next
        </a>
      )}
    </nav>
  );
}

function Heading({ title, selection }: { title: string; selection: Selection }) {
  return (
    <div class="heading">
      <h1 lang="ko">{title}</h1>
      {selection.search !== '' && (
        <a href={link('/products', { ...selection, search: null })}>Clear the search</a>
      )}
    </div>
  );
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
    body: (
      <>
        <Heading title={title} selection={selection} />
        <Filter
          selection={selection}
          categories={categories}
          choose={(chosen) => go(link('/products', { ...chosen, search: selection.search }).slice(1))}
        />
        {list.items.length === 0 ? (
          <p class="nothing">Nothing here. Try fewer words or another category.</p>
        ) : (
          <Cards products={list.items} />
        )}
        <Pager selection={selection} list={list} />
      </>
    ),
  };
};
