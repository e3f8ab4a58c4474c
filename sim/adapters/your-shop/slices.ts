// Lists that a shop gives by offset and count: one page of them as visitors see it, or all of them for catalogue and audit.
import { LIST_PAGE } from '../../model/catalogue/demand.ts';
import type { SeenItem, SeenList } from './define-shop.ts';
import { ShopMistake, shown } from './shop-mistake.ts';

/** Which entries are asked for: `take` of them after the first `skip`. */
export type Slice = { skip: number; take: number };

/**
 * What came of them, and how many there are in all. Where an entry becomes several things or none, `entryCount` says how many entries
 * came: a shop may give fewer at once than it is asked for. Left out: as many as items.
 */
export type Sliced<Thing> = { items: readonly Thing[]; total: number; entryCount?: number };

/** What most shops give at most at once; one that gives less is asked more often. */
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

/** Slice after slice until all have come. @throws ShopMistake where the shop gives nothing more before its total has come */
export async function readAll<Thing>(read: (slice: Slice) => Promise<Sliced<Thing>>): Promise<Thing[]> {
  const found: Thing[] = [];
  for (let skip = 0; ; ) {
    const { items, total, entryCount = items.length } = checked(await read({ skip, take: MOST }));
    found.push(...items);
    skip += entryCount;
    if (skip >= total) return found;
    if (entryCount === 0)
      throw new ShopMistake(
        `a list: nothing came after the first ${skip} entries, needed are all of its ${total}. Look at how the shop is asked for the next ones, and at its \`total\`.`,
      );
  }
}

/** A total that is none would end the reading early, and unnoticed. */
function checked<Thing>(slice: Sliced<Thing>): Sliced<Thing> {
  if (Number.isFinite(slice.total)) return slice;
  throw new ShopMistake(
    `a list: its total is ${shown(slice.total)}, needed is how many entries there are in all. Look at what is made of the answer.`,
  );
}
