import { expect, it } from 'vitest';
import { catalogueOfTarget } from './catalogue-of-target.ts';

it('gives the shop our products with prices, stock and a category that is there', () => {
  const { categories, products } = catalogueOfTarget({ productCount: 300, seed: 1 });
  const keys = categories.map(({ key }) => key);
  expect(products).toHaveLength(300);
  expect(new Set(products.map(({ sku }) => sku)).size).toBe(300);
  expect(products.every(({ category }) => keys.includes(category))).toBe(true);
  expect(products.every(({ priceKrw }) => Number.isInteger(priceKrw) && priceKrw > 0)).toBe(true);
});

it('has last units to want, and plenty of everything that is popular', () => {
  const { products } = catalogueOfTarget({ productCount: 300, seed: 1 });
  expect(products.slice(-10).map(({ stockCount }) => stockCount)).toEqual(Array(10).fill(5));
  expect(products.filter(({ stockCount }) => stockCount >= 5_000).length).toBeGreaterThan(250);
});

it('has no category without a product', () => {
  const { categories, products } = catalogueOfTarget({ productCount: 20, seed: 1 });
  expect(categories.map(({ key }) => key).sort()).toEqual(
    [...new Set(products.map(({ category }) => category))].sort(),
  );
});
