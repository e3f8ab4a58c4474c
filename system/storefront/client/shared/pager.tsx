// From page to page of what is one's own, newest first.
import { texts } from '../language/language.ts';
import { link } from './route.ts';

type PagerProps = { path: string; page: number; hasNext: boolean };

export function Pager({ path, page, hasNext }: PagerProps) {
  if (page === 1 && !hasNext) return null;
  const { orders, products } = texts();
  return (
    <nav class="pager" aria-label={products.pages}>
      {page > 1 ? (
        <a class="button quiet" href={link(path, { page: page - 1 })}>
          {orders.newer}
        </a>
      ) : (
        <span />
      )}
      <span>{products.page(page)}</span>
      {hasNext ? (
        <a class="button quiet" href={link(path, { page: page + 1 })}>
          {orders.older}
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}
