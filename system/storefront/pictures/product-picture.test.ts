import { expect, test } from 'vitest';
import { DRAWINGS, productPicture } from './product-picture.ts';

const inCategory = (key: string, id: number, name = 'something') =>
  productPicture({ id, name, image: `/images/categories/${key}.svg` })!;
/** What is drawn, whatever its colours. */
const shape = (picture: string) => picture.replace(/hsl\([^)]*\)/g, '');

test('a product always has the same picture, and no two in a row of a category look alike', () => {
  for (const key of Object.keys(DRAWINGS)) {
    const pictures = Array.from({ length: 12 }, (_, index) => inCategory(key, index + 1));
    expect(pictures).toEqual(Array.from({ length: 12 }, (_, index) => inCategory(key, index + 1)));
    expect(new Set(pictures).size, key).toBe(12);
    expect(new Set(pictures.map(shape)).size, key).toBeGreaterThanOrEqual(3);
  }
});

test('a picture shows what the name says, wherever in the name it stands', () => {
  const strawberries = inCategory('fresh-produce', 4, '하늘담 유기농 딸기 1kg');
  expect(shape(inCategory('fresh-produce', 9, '딸기 2kg'))).toBe(shape(strawberries));
  expect(shape(inCategory('fresh-produce', 4, '유기농 꿀사과 1kg'))).not.toBe(shape(strawberries));
  expect(shape(productPicture({ id: 4, name: '딸기 1kg', image: '' })!)).toBe(shape(strawberries));
  expect(productPicture({ id: 4, name: 'zeppelin', image: '' })).toBeNull();
});

test('all drawings are well-formed, of finite numbers, and hold nothing of a name', () => {
  for (const [key, drawings] of Object.entries(DRAWINGS))
    for (const { words } of drawings) {
      const picture = inCategory(key, 7, `<script>${words[0]}</script>`);
      const opened = [...picture.matchAll(/<([a-zA-Z]+)(?:\s[^>]*[^/>])?>/g)].map(([, name]) => name).sort();
      const closed = [...picture.matchAll(/<\/([a-zA-Z]+)>/g)].map(([, name]) => name).sort();
      expect(opened, words[0]).toEqual(closed);
      expect(picture, words[0]).not.toMatch(/script|NaN|undefined|Infinity|\[object/);
    }
});
