import { describe, expect, it } from 'vitest';
import type { Product } from '../../model/catalogue/catalogue.ts';
import type { Recommend } from '../model-shop.ts';
import { summariseSessions } from '../session-statistics.ts';
import { simulateSessions } from '../simulate-session.ts';

/** More of the category that was looked at last, the popular ones first. */
const fitting =
  (catalogue: readonly Product[]): Recommend =>
  (viewed) => {
    const wantedId = viewed.at(-1)?.categoryId;
    const seen = new Set(viewed.map(({ id }) => id));
    return catalogue
      .filter(({ id, categoryId, soldOut }) => categoryId === wantedId && !seen.has(id) && !soldOut)
      .sort((one, other) => other.popularityWeight - one.popularityWeight)
      .slice(0, 4);
  };
/** The same four for everybody. */
const alike = (catalogue: readonly Product[]) => () => catalogue.slice(0, 4);

/** The lists of product pages only: before a product was looked at, nothing could fit. */
const besideProducts = new Set<string | undefined>(['viewed', 'bought-together']);

function shoppingWith(recommend?: (catalogue: readonly Product[]) => Recommend) {
  const sessions = simulateSessions({
    seed: 5,
    sessionCount: 30_000,
    productCount: 500,
    ...(recommend === undefined ? {} : { recommend }),
  });
  let lookedCount = 0;
  let openedCount = 0;
  let orderedCount = 0;
  for (const { steps } of sessions) {
    const found = new Set<number>();
    for (const { step } of steps) {
      if (step.kind === 'view-recommendations' && besideProducts.has(step.list)) lookedCount += 1;
      if (step.kind === 'view-product' && besideProducts.has(step.recommendedIn)) {
        openedCount += 1;
        found.add(step.productId);
      }
      if (step.kind === 'place-order')
        orderedCount += step.lines.filter(({ productId }) => found.has(productId)).length;
    }
  }
  return { statistics: summariseSessions(sessions), lookedCount, openedCount, orderedCount };
}

const [without, poor, good] = [shoppingWith(), shoppingWith(alike), shoppingWith(fitting)];

describe('lists of recommendations', () => {
  it('are looked at only where the shop shows some', () => {
    expect(without.lookedCount).toBe(0);
    expect(good.lookedCount).toBeGreaterThan(1_000);
  });

  it('that fit are followed more often, and bought from', () => {
    expect(good.openedCount / good.lookedCount).toBeGreaterThan((2 * poor.openedCount) / poor.lookedCount);
    expect(good.orderedCount).toBeGreaterThan(2 * poor.orderedCount);
  });

  it.each([
    ['poor', poor],
    ['good', good],
  ])('leave the funnel where it was published, with %s ones', (_, { statistics }) => {
    expect(statistics.bounceRatio).toBeGreaterThan(0.38);
    expect(statistics.bounceRatio).toBeLessThan(0.62);
    expect(statistics.conversionRatio).toBeGreaterThan(0.03);
    expect(statistics.conversionRatio).toBeLessThan(0.039);
    expect(statistics.abandonmentRatio).toBeGreaterThan(0.65);
    expect(statistics.abandonmentRatio).toBeLessThan(0.85);
  });
});
