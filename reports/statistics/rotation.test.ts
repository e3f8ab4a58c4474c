import { expect, test } from 'vitest';
import { rotateVariants } from './rotation.ts';

const letters = (count: number): string[] => [...'ABCDEFG'].slice(0, count);

test('two variants take turns', () => {
  expect([0, 1, 2, 3].map((block) => rotateVariants(['A', 'B'], block).join(''))).toEqual([
    'AB',
    'BA',
    'AB',
    'BA',
  ]);
});

test.each([1, 2, 3, 4, 5, 6, 7])(
  'each of %i variants stands once in each place over as many blocks',
  (count) => {
    for (const firstBlock of [0, count]) {
      const orders = letters(count).map((_, i) => rotateVariants(letters(count), firstBlock + i));
      for (let place = 0; place < count; place++) {
        expect(orders.map((order) => order[place]).sort()).toEqual(letters(count));
      }
    }
  },
);

test.each([2, 3, 4, 5, 6, 7])(
  'each of %i variants directly follows each other one equally often',
  (count) => {
    const blocks = count % 2 === 0 ? count : 2 * count;
    const neighbours = new Map<string, number>();
    for (let block = 0; block < blocks; block++) {
      const order = rotateVariants(letters(count), block);
      for (let place = 1; place < count; place++) {
        const pair = `${order[place - 1]}${order[place]}`;
        neighbours.set(pair, (neighbours.get(pair) ?? 0) + 1);
      }
    }
    expect(neighbours.size).toBe(count * (count - 1));
    expect(new Set(neighbours.values()).size).toBe(1);
  },
);

test('no variants make an empty block, and a block has a number', () => {
  expect(rotateVariants([], 0)).toEqual([]);
  expect(() => rotateVariants(['A'], -1)).toThrow(/block is -1/);
});
