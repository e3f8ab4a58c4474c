// What comes from CSV files and sitemaps.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Http } from './define-shop.ts';
import { fromCsv } from './from-csv.ts';
import { fromSitemap } from './from-sitemap.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Answers paths with these texts. */
const httpOf = (texts: Record<string, string>) =>
  ({
    get: async (_name: string, path: string) => ({ text: () => texts[path] ?? 'nothing' }),
  }) as unknown as Http;
const noHttp = httpOf({});

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

it('reads items from a CSV file beside the one of the shop', async () => {
  const file = write(
    'items.csv',
    '\uFEFFid,name,category,price,stock,inStock\n7,"Lamp, tall",lamps,12.90,3,yes\n8,Desk,desks,,,\n',
  );
  expect(await fromCsv(file)(noHttp, { folder })).toEqual([
    { id: '7', name: 'Lamp, tall', category: 'lamps', price: 12.9, stock: 3, inStock: true },
    { id: '8', name: 'Desk', category: 'desks' },
  ]);
});

it('reads people with all of their columns', async () => {
  const file = write('people.csv', 'email,password,name,tier\na@x,secret,Ann,gold\n');
  expect(await fromCsv(file)({ folder })).toEqual([
    {
      email: 'a@x',
      password: 'secret',
      name: 'Ann',
      columns: { email: 'a@x', password: 'secret', name: 'Ann', tier: 'gold' },
    },
  ]);
});

it.each([
  [
    'id,name,category,price\n1,A,b,"12,900"\n',
    /^bad\.csv line 2: price is "12,900", needed is a number without/,
  ],
  ['id,name\n1,A\n', /^bad\.csv: its header is "id,name", needed are id, name, category: it has no category/],
  ['', /^bad\.csv: found no row/],
  [
    'id,name,category,inStock\n1,A,b,perhaps\n',
    /^bad\.csv line 2: inStock is "perhaps", needed is true or false/,
  ],
  ['id,name,category\n1,"A,b\n', /^bad\.csv is no CSV/],
])('a CSV file that does not do is told by its line: %j', async (text, message) => {
  await expect(fromCsv(write('bad.csv', text))(noHttp, { folder })).rejects.toThrow(message);
});

it('a file that is not there is told with where it was looked for', async () => {
  await expect(fromCsv('none.csv')({ folder })).rejects.toThrow(
    `none.csv cannot be read (ENOENT), needed is a CSV file in ${folder}.`,
  );
});

it('finds items in a sitemap and in an index of sitemaps, whatever host they name', async () => {
  const http = httpOf({
    '/sitemap.xml':
      '<sitemapindex><sitemap><loc>https://public.example/products.xml</loc></sitemap></sitemapindex>',
    '/products.xml':
      '<urlset><url><loc> https://public.example/p/lamps/tall-lamp </loc></url><url><loc>https://public.example/about</loc></url>' +
      '<url><loc>https://public.example/p/lamps/tall-lamp</loc></url></urlset>',
  });
  const read = fromSitemap('/sitemap.xml', /^\/p\/(?<category>[^/]+)\/(?<id>[^/]+)$/g);
  expect(await read(http, { folder })).toEqual([
    { id: 'tall-lamp', category: 'lamps', name: 'tall lamp', path: '/p/lamps/tall-lamp' },
  ]);
});

it('a sitemap without any item, and what is none, are told', async () => {
  const http = httpOf({ '/empty.xml': '<urlset><url><loc>https://a.example/b</loc></url></urlset>' });
  await expect(fromSitemap('/empty.xml', /^\/p\/(.+)$/)(http, { folder })).rejects.toThrow(
    /found 1 addresses and none whose path fits/,
  );
  await expect(fromSitemap('/none.xml', /./)(http, { folder })).rejects.toThrow(/needed is a sitemap/);
});
