// The list of products: by category, by search text, in four orders, page by page.
import type { CategoryView, ProductSort } from '../../../contract/catalog.ts';
import { texts } from '../language/language.ts';
import { Form } from '../shared/controls.tsx';
import { won } from '../shared/format.ts';
import { Pager } from '../shared/pager.tsx';
import { Cards } from '../shared/products.tsx';
import { link } from '../shared/route.ts';
import type { Page } from '../shared/view.ts';

const PAGE_SIZE = '24';

/** What prices can be chosen from; null: no end. */
const PRICES: readonly { minKrw: number | null; maxKrw: number | null }[] = [
  { minKrw: null, maxKrw: 20_000 },
  { minKrw: 20_000, maxKrw: 50_000 },
  { minKrw: 50_000, maxKrw: 200_000 },
  { minKrw: 200_000, maxKrw: null },
];

/** `price` is `FROM-TO` in won, either of which may be left out; `inStock` is empty or IN_STOCK_ONLY. */
type Selection = { categoryId: string; search: string; price: string; sort: string; inStock: string };

const IN_STOCK_ONLY = 'only';

const priceName = ({ minKrw, maxKrw }: (typeof PRICES)[number]): string => `${minKrw ?? ''}-${maxKrw ?? ''}`;

/** The selection as the address has it. */
function selectionOf(query: URLSearchParams): Selection {
  return {
    categoryId: query.get('categoryId') ?? '',
    search: query.get('search') ?? '',
    price: PRICES.map(priceName).find((name) => name === query.get('price')) ?? '',
    sort: query.get('sort') ?? ('popular' satisfies ProductSort),
    inStock: query.has('inStock') ? IN_STOCK_ONLY : '',
  };
}

type FilterProps = {
  selection: Selection;
  categories: readonly CategoryView[];
  choose: (chosen: Omit<Selection, 'search'>) => void;
};

function priceText({ minKrw, maxKrw }: (typeof PRICES)[number]): string {
  const { products } = texts();
  if (minKrw === null) return products.upTo(won(maxKrw ?? 0));
  return maxKrw === null ? products.from(won(minKrw)) : `${won(minKrw)} – ${won(maxKrw)}`;
}

function Filter({ selection, categories, choose }: FilterProps) {
  const { products } = texts();
  return (
    <Form
      class="filter"
      sendsItself
      sends={async (fields) =>
        choose({
          categoryId: String(fields.get('categoryId')),
          price: String(fields.get('price')),
          sort: String(fields.get('sort')),
          inStock: fields.has('inStock') ? IN_STOCK_ONLY : '',
        })
      }
    >
      <label>
        {products.category}
        <select name="categoryId">
          <option value="" selected={selection.categoryId === ''}>
            {products.any}
          </option>
          {categories.map(({ id, name }) => (
            <option key={id} value={id} selected={String(id) === selection.categoryId} lang="ko">
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {products.price}
        <select name="price">
          <option value="" selected={selection.price === ''}>
            {products.any}
          </option>
          {PRICES.map((price) => (
            <option
              key={priceName(price)}
              value={priceName(price)}
              selected={priceName(price) === selection.price}
            >
              {priceText(price)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {products.sortBy}
        <select name="sort">
          {Object.entries(products.sorts).map(([value, text]) => (
            <option key={value} value={value} selected={value === selection.sort}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <label class="choice">
        <input type="checkbox" name="inStock" defaultChecked={selection.inStock !== ''} />
        {products.inStock}
      </label>
    </Form>
  );
}

function Heading({ title, lang, selection }: { title: string; lang?: string; selection: Selection }) {
  return (
    <div class="heading">
      <h1 lang={lang}>{title}</h1>
      {selection.search !== '' && (
        <a href={link('/products', { ...selection, search: null })}>{texts().products.clearSearch}</a>
      )}
    </div>
  );
}

export const productsPage: Page = async ({ query }, { api, go }) => {
  const { products } = texts();
  const selection = selectionOf(query);
  const request = new URLSearchParams({
    sort: selection.sort,
    pageSize: PAGE_SIZE,
    page: query.get('page') ?? '1',
  });
  if (selection.categoryId !== '') request.set('categoryId', selection.categoryId);
  if (selection.search !== '') request.set('search', selection.search);
  if (selection.inStock !== '') request.set('inStock', 'true');
  const [minKrw = '', maxKrw = ''] = selection.price.split('-');
  if (minKrw !== '') request.set('minPriceKrw', minKrw);
  if (maxKrw !== '') request.set('maxPriceKrw', maxKrw);
  const [categories, list] = await Promise.all([api.categories(), api.products(request)]);
  const category = categories.find(({ id }) => String(id) === selection.categoryId);
  const isSearch = selection.search !== '';
  const title = isSearch ? products.found(selection.search) : (category?.name ?? products.all);
  return {
    title,
    body: (
      <>
        <Heading title={title} selection={selection} {...(!isSearch && category && { lang: 'ko' })} />
        <Filter
          selection={selection}
          categories={categories}
          choose={(chosen) => go(link('/products', { ...chosen, search: selection.search }).slice(1))}
        />
        {list.items.length === 0 ? (
          <p class="nothing">{products.nothing}</p>
        ) : (
          <Cards products={list.items} isFirst />
        )}
        <Pager
          page={list.page}
          hasNext={list.hasNext}
          to={(page) => link('/products', { ...selection, page })}
          before={products.previous}
          after={products.next}
        />
      </>
    ),
  };
};
