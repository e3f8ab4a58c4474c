import { describe, expect, it } from 'vitest';
import { createRandom } from '../chance/random.ts';
import { generateCatalogue } from './catalogue.ts';
import { drawWealth, placeNear, TASTE, tasteOf } from './taste.ts';
import { createTastedDraw } from './tasted-draw.ts';

const products = generateCatalogue({ seed: 5, productCount: 1_000 });
const weights = Float64Array.from(products, ({ popularityWeight }) => popularityWeight);
const drawProduct = createTastedDraw(products, weights);

describe('a taste', () => {
  it('is the same for the same seed and person and another for another', () => {
    expect(tasteOf(1, 7)).toEqual(tasteOf(1, 7));
    expect(tasteOf(1, 8)).not.toEqual(tasteOf(1, 7));
    expect(tasteOf(2, 7)).not.toEqual(tasteOf(1, 7));
  });

  it('has places that are spread evenly over all people', () => {
    const tastes = Array.from({ length: 20_000 }, (_, id) => tasteOf(3, id));
    for (const places of [tastes.map((t) => t.kindPlace), tastes.map((t) => t.pricePlace)]) {
      const tenths = new Array<number>(10).fill(0);
      for (const place of places) tenths[Math.floor(place * 10)]! += 1;
      for (const count of tenths) expect(Math.abs(count / 20_000 - 0.1)).toBeLessThan(0.01);
    }
  });

  it('goes with what people spend, as far as their budgets differ', () => {
    const random = createRandom(4, 'wealth');
    const pairs = Array.from({ length: 20_000 }, (_, id) => {
      const taste = tasteOf(3, id);
      return [taste.dearness, drawWealth(taste, 0.45, random)] as const;
    });
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(pairs.map(([, wealth]) => wealth ** 2))).toBeCloseTo(1, 1);
    expect(mean(pairs.map(([dearness, wealth]) => dearness * wealth))).toBeCloseTo(
      TASTE.budgetLogPerDearness / 0.45,
      1,
    );
  });

  it('is followed to places that over all people are taken as often as each other, and never outside', () => {
    const random = createRandom(6, 'near');
    const tenths = new Array<number>(10).fill(0);
    for (let i = 0; i < 50_000; i += 1) {
      const near = placeNear((i + 0.5) / 50_000, 0.5, random);
      expect(near >= 0 && near < 1).toBe(true);
      tenths[Math.floor(near * 10)]! += 1;
    }
    for (const count of tenths) expect(Math.abs(count / 50_000 - 0.1)).toBeLessThan(0.007);
    for (const edge of [0, 1 - Number.EPSILON]) expect(placeNear(edge, 1, random)).toBeLessThan(1);
  });
});

describe('products drawn by taste', () => {
  it('are over all people bought by their weights alone', () => {
    const random = createRandom(1, 'draws');
    const counts = new Map<number, number>();
    const drawCount = 200_000;
    for (let i = 0; i < drawCount; i += 1) {
      const { id } = drawProduct(tasteOf(9, i), random);
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    // χ² of the products that are bought 50 times and more.
    let chiSquare = 0;
    let degrees = 0;
    for (const { id, popularityWeight } of products) {
      const expected = popularityWeight * drawCount;
      if (expected < 50) continue;
      chiSquare += ((counts.get(id) ?? 0) - expected) ** 2 / expected;
      degrees += 1;
    }
    expect(degrees).toBeGreaterThan(300);
    expect((chiSquare - degrees) / Math.sqrt(2 * degrees)).toBeLessThan(4);
  });

  it('are of few categories and of prices of the person’s own', () => {
    const random = createRandom(2, 'own');
    const bought = Array.from({ length: 400 }, (_, id) => {
      const taste = tasteOf(9, id);
      const own = Array.from({ length: 60 }, () => drawProduct(taste, random));
      return { taste, own, half: own.slice(0, 30), other: own.slice(30) };
    });
    const inCommon = (one: typeof products, other: typeof products): number => {
      const categories = new Set(one.map(({ categoryId }) => categoryId));
      return other.filter(({ categoryId }) => categories.has(categoryId)).length / other.length;
    };
    const shareOf = (part: typeof products, categoryId: number) =>
      part.filter((product) => product.categoryId === categoryId).length / part.length;
    /** How well a half foretells another: Σ over categories of both shares. */
    const likeness = (one: typeof products, other: typeof products): number =>
      other.reduce((sum, { categoryId }) => sum + shareOf(one, categoryId), 0) / other.length;
    const own = bought.reduce((sum, { half, other }) => sum + likeness(half, other), 0) / bought.length;
    const strange =
      bought.reduce((sum, { half }, i) => sum + likeness(half, bought[(i + 1) % bought.length]!.other), 0) /
      bought.length;
    expect(own / strange).toBeGreaterThan(1.3);
    expect(inCommon(bought[0]!.own, bought[0]!.own)).toBe(1);
    const meanLog = (part: typeof products) =>
      part.reduce((sum, { priceKrw }) => sum + Math.log(priceKrw), 0) / part.length;
    const [cheap, dear] = [
      bought.filter((b) => b.taste.pricePlace < 0.3),
      bought.filter((b) => b.taste.pricePlace > 0.7),
    ];
    expect(meanLog(dear.flatMap((b) => b.own)) - meanLog(cheap.flatMap((b) => b.own))).toBeGreaterThan(0.3);
  });
});
