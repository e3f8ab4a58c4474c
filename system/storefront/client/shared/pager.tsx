// From page to page of a list.
import { texts } from '../language/language.ts';
import { maxPage } from './contract-values.ts';

type PagerProps = {
  page: number;
  hasNext: boolean;
  /** The way to a page. */
  to: (page: number) => string;
  /** What the ways to the page before this one and to the one after it are called. */
  before: string;
  after: string;
};

/** Which page an address asks for. */
export const pageOf = (query: URLSearchParams): number => Math.max(1, Number(query.get('page')) || 1);

export function Pager({ page, hasNext, to, before, after }: PagerProps) {
  const { products } = texts();
  const isLast = !hasNext || page >= maxPage;
  if (page === 1 && isLast) return null;
  return (
    <nav class="pager" aria-label={products.pages}>
      {page > 1 ? (
        <a class="button quiet" rel="prev" href={to(page - 1)}>
          {before}
        </a>
      ) : (
        <span />
      )}
      <span>{products.page(page)}</span>
      {isLast ? (
        <span />
      ) : (
        <a class="button quiet" rel="next" href={to(page + 1)}>
          {after}
        </a>
      )}
    </nav>
  );
}
