import { expect, test } from 'vitest';
import { cartView } from './rules.ts';

const line = { productId: 1, name: 'Soap', quantity: 3, unitPriceKrw: 5_000, soldOut: false, image: '' };

test('the total is the sum of price times quantity over all lines', () => {
  expect(cartView([line, { ...line, productId: 2, quantity: 1, unitPriceKrw: 700 }]).itemsTotalKrw).toBe(
    15_700,
  );
});

test('an empty cart costs nothing', () => {
  expect(cartView([])).toEqual({ lines: [], itemsTotalKrw: 0 });
});
