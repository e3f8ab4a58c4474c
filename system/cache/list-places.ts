// Names of the places of lists in the hot set, so that a page of a list is read with one command.
import type { ProductSort } from '../contract/catalog.ts';

/** @param place.position from 0; `categoryId` null: the list of all products. */
export function listPlace(place: { sort: ProductSort; categoryId: number | null; position: number }): string {
  return `${place.sort}:${place.categoryId ?? 'all'}:${place.position}`;
}
