import { expect, test } from 'vitest';
import { readPage } from './read-page.ts';

const rows = Array.from({ length: 45 }, (_, index) => index);
const read = async ({ limit, offset }: { limit: number; offset: number }) =>
  rows.slice(offset, offset + limit);

test('a page has its rows and tells whether there is a next one', async () => {
  expect(await readPage({}, read)).toEqual({
    items: rows.slice(0, 20),
    page: 1,
    pageSize: 20,
    hasNext: true,
  });
  expect(await readPage({ page: 3 }, read)).toMatchObject({ items: rows.slice(40), hasNext: false });
  expect(await readPage({ page: 3, pageSize: 15 }, read)).toMatchObject({
    items: rows.slice(30),
    hasNext: false,
  });
  expect(await readPage({ page: 9 }, read)).toMatchObject({ items: [], hasNext: false });
});
