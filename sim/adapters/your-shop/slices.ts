// Lists that a shop gives by offset and count: one page of them as visitors see it, or all of them for catalogue and audit.
import { LIST_PAGE } from '../../model/catalogue/demand.ts';
import type { SeenItem, SeenList } from './define-shop.ts';
import { ShopMistake, shown } from './shop-mistake.ts';

/** Which entries are asked for: `take` of them after the first `skip`. */
export type Slice = { skip: number; take: number };

/** What came of them, and how many there are in all. An entry may have become several things or none. */
export type Sliced<Thing> = { items: readonly Thing[]; total: number };

/** What most shops give at most at once. */
const MOST = 100;

/** The page of a list that a visitor asks for, from 1, in the length that shoppers count on. */
export async function readPage(
  page: number,
  read: (slice: Slice) => Promise<Sliced<SeenItem>>,
): Promise<SeenList> {
  const take = LIST_PAGE.size;
  const { items, total } = checked(await read({ skip: (page - 1) * take, take }));
  return { items, hasNext: page * take < total };
}

/** Slice after slice until all have come. */
export async function readAll<Thing>(read: (slice: Slice) => Promise<Sliced<Thing>>): Promise<Thing[]> {
  const found: Thing[] = [];
  for (let skip = 0, total = 1; skip < total; skip += MOST) {
    const slice = checked(await read({ skip, take: MOST }));
    found.push(...slice.items);
    total = slice.total;
  }
  return found;
}

/** A total that is none would end the reading early, and unnoticed. */
function checked<Thing>(slice: Sliced<Thing>): Sliced<Thing> {
  if (Number.isFinite(slice.total)) return slice;
  throw new ShopMistake(
    `a list: its total is ${shown(slice.total)}, needed is how many entries there are in all. Look at what is made of the answer.`,
  );
}
