// What a shopper does by coming to a page, as the behaviour log means it. Pure.
import type { BehaviourReport } from '../../../contract/behaviour.ts';
import type { Route } from './route.ts';

/** An action without its id. */
export type Deed = Pick<BehaviourReport, 'action' | 'target'>;

export const onProduct = (action: Deed['action'], id: number): Deed => ({
  action,
  target: { type: 'product', id },
});

/** The id that a part of an address stands for; null for anything but a positive whole number. */
export function idOf(text: string | null | undefined): number | null {
  return /^[1-9]\d{0,9}$/.test(text ?? '') ? Number(text) : null;
}

const isList = ({ path }: Route): boolean => path.length === 1 && path[0] === 'products';
const queryOf = (route: Route | null, name: string): string | null =>
  route !== null && isList(route) ? route.query.get(name) : null;

/** Another page or order of the list at hand is no new entering, nor is it a new search. */
export function deedsOfComing(route: Route, before: Route | null): Deed[] {
  const [first, second] = route.path;
  if (first === 'products' && second !== undefined) {
    const id = idOf(second);
    return id === null ? [] : [onProduct('click', id)];
  }
  if (!isList(route)) return [];
  const deeds: Deed[] = [];
  const categoryId = route.query.get('categoryId');
  const id = idOf(categoryId);
  if (id !== null && categoryId !== queryOf(before, 'categoryId'))
    deeds.push({ action: 'click', target: { type: 'category', id } });
  const text = (route.query.get('search') ?? '').trim();
  if (text !== '' && text !== queryOf(before, 'search')?.trim())
    deeds.push({ action: 'search', target: { type: 'text', text } });
  return deeds;
}

/** What setting a cart's line from one quantity to another is; null when nothing changes. */
export function cartDeed(productId: number, from: number, to: number): Deed | null {
  if (from === to) return null;
  if (to === 0) return onProduct('cart-cancel', productId);
  if (from === 0) return onProduct('cart-create', productId);
  return onProduct(to > from ? 'cart-modify-plus' : 'cart-modify-minus', productId);
}
