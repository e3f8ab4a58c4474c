// How much more often people must buy for a wanted number of orders.
import { countOrders } from './habit-year.ts';
import { BLOCK_PEOPLE } from './people.ts';
import { poolOrderCount } from './pool-year.ts';
import type { Year } from './year.ts';

/** So many blocks of people, spread over all sign-ups, stand for everybody. */
const SAMPLE_BLOCKS = 128;
const BISECTIONS = 16;
const LARGEST_SCALE = 200;

/** The people cannot place so many orders. */
export class TooManyOrdersError extends Error {
  override name = 'TooManyOrdersError';
}

/**
 * The factor on everyone's rate (or, for the founders' pools, on every day's orders) that gives about `orders` orders;
 * 1 when none are asked for. The sampled expectation is met to about 3 %; the orders themselves vary by chance.
 * @throws TooManyOrdersError when even the highest rate does not reach them, because people leave
 */
export function orderScale(year: Year): number {
  const { orders, people } = year.settings;
  if (orders === null) return 1;
  if (year.preset.buying.kind === 'pools') return orders / poolOrderCount(year);
  const blockCount = Math.ceil(people / BLOCK_PEOPLE);
  const sampled = Math.min(blockCount, SAMPLE_BLOCKS);
  const expected = (scale: number): number => {
    let count = 0;
    let peopleCount = 0;
    for (let i = 0; i < sampled; i += 1) {
      const first = Math.floor((i * blockCount) / sampled) * BLOCK_PEOPLE + 1;
      const last = Math.min(first + BLOCK_PEOPLE - 1, people);
      peopleCount += last - first + 1;
      count += countOrders(year, first, last, scale);
    }
    return (count * people) / peopleCount;
  };
  let low = 0;
  let high = LARGEST_SCALE;
  const most = expected(high);
  const least = expected(0);
  if (orders > most || orders < least) {
    const needed = Math.ceil((people * orders) / Math.min(most, 2.45 * people));
    throw new TooManyOrdersError(
      `--orders is ${orders}; ${people} people place ${Math.round(least)} to ${Math.round(most)} in this history. Next: --people ${needed} or so, or other --orders.`,
    );
  }
  for (let i = 0; i < BISECTIONS; i += 1) {
    const middle = (low + high) / 2;
    if (expected(middle) < orders) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
