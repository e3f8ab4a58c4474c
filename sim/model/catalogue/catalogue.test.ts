import { createHash } from 'node:crypto';
import { mean } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../chance/random.ts';
import { generateCatalogue } from './catalogue.ts';
import { indexCatalogue } from './catalogue-index.ts';
import { CATEGORIES, categoryOf } from './categories.ts';
import { popularityShares } from './popularity.ts';

const products = generateCatalogue({ seed: 1, productCount: 20_000 });
const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const totalFrequency = CATEGORIES.reduce((sum, category) => sum + category.frequency, 0);

describe('popularityShares', () => {
  it('gives the published shares at 20,000 products: top 100 30.1 %, top 1 % 39.9 %, top 10 % 80.5 %', () => {
    const shares = popularityShares(20_000);
    const top = (count: number): number => shares.slice(0, count).reduce((sum, share) => sum + share, 0);
    expect(Math.abs(top(100) - 0.301)).toBeLessThan(0.02);
    expect(Math.abs(top(200) - 0.399)).toBeLessThan(0.02);
    expect(Math.abs(top(2_000) - 0.805)).toBeLessThan(0.02);
    expect(top(20_000)).toBeCloseTo(1, 9);
  });
});

describe('CATEGORIES', () => {
  it('are 19 with ids in order, frequencies adding up to 190 and quantity weights to 100', () => {
    expect(CATEGORIES.map((category) => category.id)).toEqual(Array.from({ length: 19 }, (_, i) => i + 1));
    expect(totalFrequency).toBe(190);
    for (const category of CATEGORIES) {
      expect(
        category.quantityWeights.reduce((sum, weight) => sum + weight, 0),
        category.key,
      ).toBe(100);
    }
    expect(() => categoryOf(20)).toThrow('no category 20');
  });
});

describe('generateCatalogue', () => {
  it('keeps prices in the range of their category, in steps of 100 KRW, around Beta(2, 5)’s mean', () => {
    const positions = products.map((product) => {
      const [lowest, highest] = categoryOf(product.categoryId).priceRangeKrw;
      expect(product.priceKrw).toBeGreaterThanOrEqual(lowest);
      expect(product.priceKrw).toBeLessThanOrEqual(highest);
      expect(product.priceKrw % 100).toBe(0);
      return (product.priceKrw - lowest) / (highest - lowest);
    });
    expect(Math.abs(mean(positions) - 2 / 7)).toBeLessThan(0.01);
  });

  it('inflates the list price of 40 % by 1.1 to 1.6', () => {
    const inflated = products.filter((product) => product.listPriceKrw > product.priceKrw);
    expect(inflated.length / products.length).toBeCloseTo(0.4, 1);
    for (const { listPriceKrw, priceKrw } of inflated) {
      expect(listPriceKrw % 100).toBe(0);
      expect(listPriceKrw).toBeGreaterThan(priceKrw * 1.1 - 100);
      expect(listPriceKrw).toBeLessThanOrEqual(priceKrw * 1.6);
    }
    expect(products.every((product) => product.listPriceKrw >= product.priceKrw)).toBe(true);
  });

  it('sells categories in proportion to their frequency', () => {
    for (const category of CATEGORIES) {
      const own = products.filter((product) => product.categoryId === category.id);
      const share = own.reduce((sum, product) => sum + product.popularityWeight, 0);
      expect(share, category.key).toBeCloseTo(category.frequency / totalFrequency, 2);
      expect(own.length / products.length, category.key).toBeCloseTo(category.frequency / totalFrequency, 1);
    }
  });

  it('has some scarce and some sold-out products, none among the most popular', () => {
    const soldOut = products.filter((product) => product.soldOut);
    const scarce = products.filter((product) => !product.soldOut && product.stockCount <= 20);
    expect(soldOut.length / products.length).toBeCloseTo(0.01, 2);
    expect(scarce.length / products.length).toBeCloseTo(0.02, 2);
    expect(soldOut.every((product) => product.stockCount === 0)).toBe(true);
    const top = products.toSorted((a, b) => b.popularityWeight - a.popularityWeight).slice(0, 100);
    expect(top.every((product) => product.stockCount >= 5_000)).toBe(true);
  });

  it('stocks the hottest product for 3 minutes of 2,000 orders a second', () => {
    const hottest = products.reduce((best, p) => (p.popularityWeight > best.popularityWeight ? p : best));
    const linesPerOrder = 3.37;
    const mostPiecesPerLine = 3;
    const sold = 180 * 2_000 * linesPerOrder * mostPiecesPerLine * hottest.popularityWeight;
    expect(hottest.stockCount).toBeGreaterThan(sold);
  });

  it('numbers products in order of registration and is the same for the same seed', () => {
    expect(products.every((p, i) => p.id === i + 1)).toBe(true);
    expect(products.every((p, i) => i === 0 || p.registeredAtMs >= products[i - 1]!.registeredAtMs)).toBe(
      true,
    );
    expect(hash(generateCatalogue({ seed: 1, productCount: 20_000 }))).toBe(hash(products));
    expect(hash(generateCatalogue({ seed: 2, productCount: 20_000 }))).not.toBe(hash(products));
  });

  it('lets only the registration depend on the instant', () => {
    const asOf = new Date('2027-05-05T00:00:00Z');
    const later = generateCatalogue({ seed: 1, productCount: 20_000, asOf });
    const without = (list: typeof products) => list.map((product) => ({ ...product, registeredAtMs: 0 }));
    expect(hash(without(later))).toBe(hash(without(products)));
    expect(later.at(-1)!.registeredAtMs).toBeLessThanOrEqual(asOf.getTime());
  });

  it('finds every product by its tags', () => {
    for (const product of products.slice(0, 500)) {
      for (const tag of product.tags) expect(product.name).toContain(tag);
    }
  });
});

describe('indexCatalogue', () => {
  const index = indexCatalogue(products);

  it('draws categories by frequency and products by popularity', () => {
    const random = createRandom(1, 'draws');
    const hottest = products.reduce((best, p) => (p.popularityWeight > best.popularityWeight ? p : best));
    let detergent = 0;
    let hot = 0;
    for (let i = 0; i < 50_000; i += 1) {
      if (index.drawCategory(random) === 1) detergent += 1;
      if (index.drawProduct(random) === hottest) hot += 1;
    }
    expect(detergent / 50_000).toBeCloseTo(22 / 190, 2);
    expect(hot / 50_000).toBeCloseTo(hottest.popularityWeight, 2);
  });

  it('draws within a category and knows products by id', () => {
    const random = createRandom(2, 'draws');
    for (let i = 0; i < 200; i += 1) expect(index.drawProduct(random, 7).categoryId).toBe(7);
    expect(index.product(20_000)).toBe(products.at(-1));
    expect(() => index.product(20_001)).toThrow('no product 20001');
  });

  it('works with a catalogue too small for every category', () => {
    const small = indexCatalogue(generateCatalogue({ seed: 1, productCount: 3 }));
    const random = createRandom(3, 'draws');
    for (let i = 0; i < 50; i += 1)
      expect(small.drawProduct(random, small.drawCategory(random)).id).toBeLessThan(4);
    const missing = CATEGORIES.find((c) => small.products.every((p) => p.categoryId !== c.id))!;
    expect(() => small.drawProduct(random, missing.id)).toThrow('no products');
  });
});
