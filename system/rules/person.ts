// What the rules remember of one person, and what each action makes of it. All of it is bounded, and follows from their actions in
// whatever portions these come: the same action again changes nothing.
import { dayOfHour, hourOfDay, seoulHour } from '../platform/settings/seoul-time.ts';
import type { RuleAction } from './rule-action.ts';

/**
 * Newest actions by which one that comes again is known. No more of a person may be learnt from the log at a time: what is among
 * them and known already would be forgotten on the way, and counted twice.
 */
export const ACTIONS_KNOWN = 200;
/** Counts of one person: an hour and a category each. The oldest go first. */
const COUNTS_MOST = 240;

/** What a rule may ask of a person. */
export type PersonView = {
  /** Clicks on the category on the day of this instant (Unix ms, Seoul's day). */
  clicksOnDay(categoryId: number, atMs: number): number;
  /** The most clicks on the category within the hour of day of this instant, on any other day that is remembered. */
  clicksInHourOfOtherDay(categoryId: number, atMs: number): number;
  /** Searches for each category on the day of this instant. */
  searchesOnDay(atMs: number): ReadonlyMap<number, number>;
  /** Clicks on each category, of all that is remembered. */
  clicks(): ReadonlyMap<number, number>;
};

export type Person = PersonView & {
  /** False when it is known already. What is told late counts where it belongs. */
  learn(action: RuleAction): boolean;
  /** The product whose page they are on, as far as is known, and since when (Unix ms). */
  viewing(): { productId: number; sinceMs: number; hasTouchedCart: boolean } | null;
  /** When they last put something into their cart, took it out or changed it (Unix ms); null: not as far as is known. */
  cartTouchedMs(): number | null;
};

export function createPerson(): Person {
  const known: number[] = [];
  const clicks = createCounts();
  const searches = createCounts();
  let page: { productId: number | null; sinceMs: number; hasTouchedCart: boolean } | null = null;
  let cartTouchedMs: number | null = null;

  function goTo(productId: number | null, atMs: number): void {
    if (page === null || atMs >= page.sinceMs) page = { productId, sinceMs: atMs, hasTouchedCart: false };
  }
  function touchCart(atMs: number): void {
    cartTouchedMs = Math.max(cartTouchedMs ?? 0, atMs);
    if (page !== null && atMs >= page.sinceMs) page.hasTouchedCart = true;
  }
  return {
    learn({ id, action, actedMs, productId, categoryId }) {
      const key = keyOf(id);
      if (known.includes(key)) return false;
      known.push(key);
      if (known.length > ACTIONS_KNOWN) known.shift();
      if (action === 'click') {
        if (categoryId !== null) clicks.add(categoryId, seoulHour(actedMs));
        goTo(productId, actedMs);
      } else if (action === 'search') {
        if (categoryId !== null) searches.add(categoryId, seoulHour(actedMs));
        goTo(null, actedMs);
      } else if (action.startsWith('cart-')) touchCart(actedMs);
      else if (action === 'order-create') goTo(null, actedMs);
      return true;
    },
    viewing: () => (page?.productId == null ? null : { ...page, productId: page.productId }),
    cartTouchedMs: () => cartTouchedMs,
    clicksOnDay(categoryId, atMs) {
      const day = dayOfHour(seoulHour(atMs));
      return clicks.sum((category, hour) => category === categoryId && dayOfHour(hour) === day);
    },
    clicksInHourOfOtherDay(categoryId, atMs) {
      const now = seoulHour(atMs);
      return clicks.most(
        (category, hour) =>
          category === categoryId && hourOfDay(hour) === hourOfDay(now) && dayOfHour(hour) !== dayOfHour(now),
      );
    },
    searchesOnDay(atMs) {
      const day = dayOfHour(seoulHour(atMs));
      return searches.byCategory((hour) => dayOfHour(hour) === day);
    },
    clicks: () => clicks.byCategory(() => true),
  };
}

/** The last 52 bits, which are random and fit a number exactly. */
function keyOf(id: string): number {
  return Number.parseInt(id.slice(-14).replace('-', ''), 16);
}

type Which = (categoryId: number, hour: number) => boolean;

function createCounts() {
  const counts = new Map<number, Map<number, number>>();
  let size = 0;
  const entries = (which: Which): { categoryId: number; count: number }[] =>
    [...counts].flatMap(([hour, ofHour]) =>
      [...ofHour].flatMap(([categoryId, count]) => (which(categoryId, hour) ? [{ categoryId, count }] : [])),
    );
  function dropOldest(): void {
    const oldest = Math.min(...counts.keys());
    size -= counts.get(oldest)?.size ?? 0;
    counts.delete(oldest);
  }
  return {
    add(categoryId: number, hour: number): void {
      const ofHour = counts.get(hour) ?? new Map<number, number>();
      counts.set(hour, ofHour);
      if (!ofHour.has(categoryId)) size += 1;
      ofHour.set(categoryId, (ofHour.get(categoryId) ?? 0) + 1);
      if (size > COUNTS_MOST) dropOldest();
    },
    sum: (which: Which): number => entries(which).reduce((sum, { count }) => sum + count, 0),
    /** Of one hour. */
    most: (which: Which): number => Math.max(0, ...entries(which).map(({ count }) => count)),
    byCategory(ofHour: (hour: number) => boolean): Map<number, number> {
      const found = new Map<number, number>();
      for (const { categoryId, count } of entries((_, hour) => ofHour(hour)))
        found.set(categoryId, (found.get(categoryId) ?? 0) + count);
      return found;
    },
  };
}
