import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellIdOfPath, cellPath, fileNameOfText, textOfFileName } from './names.ts';

test('a file name gives back the text it was made from and holds nothing that a file system forbids', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
      const name = fileNameOfText(text);
      expect(textOfFileName(name)).toBe(text);
      expect(name).toMatch(/^[A-Za-z0-9._%-]+$/);
      expect(name).not.toMatch(/^\.+$/);
    }),
  );
});

test('route metrics keep readable names', () => {
  expect(fileNameOfText('http.response/GET /products/:id')).toBe('http.response%2FGET%20%2Fproducts%2F%3Aid');
});

test('a cell folder gives back variant, level and block, even with an @ in the variant', () => {
  const id = { variant: 'kafka@home', level: '500', block: 3 };
  const [, folder, block] = cellPath(id).split('/');
  expect(cellIdOfPath(folder!, block!)).toEqual(id);
  expect(cellPath({ variant: 'direct', level: null, block: 0 })).toBe('cells/direct/0');
});
