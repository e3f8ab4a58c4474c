import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { csvCells, ImportFileError, type ReadProduct, readProducts } from './read-products.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(name: string, content: string | Buffer): Promise<ReadProduct[]> {
  const file = join(folder, name);
  writeFileSync(file, content);
  const all: ReadProduct[] = [];
  for await (const one of readProducts(file)) all.push(one);
  return all;
}

it.each([
  ['a,b', ['a', 'b']],
  ['"a,""b""",', ['a,"b"', '']],
  ['', ['']],
  [',', ['', '']],
  ['5" pipe,1', ['5" pipe', '1']],
  ['"a"b,c', null],
])('reads the cells of %s', (record, cells) => {
  expect(csvCells(record)).toEqual(cells);
});

it('takes a cell over several lines and counts its lines on', async () => {
  const [first, second] = await read('a.csv', 'name,category,price_krw\n"Multi\nline",차,100\nBad,차,x\n');
  expect(first).toMatchObject({ kind: 'product', product: { name: 'Multi\nline', line: 2 } });
  expect(second).toMatchObject({ kind: 'rejected', rejected: { line: 4 } });
});

it('rejects text beside a quoted cell, and bytes that are no UTF-8', async () => {
  const content = Buffer.concat([
    Buffer.from('name,category,price_krw\n"D"x,차,5\n'),
    Buffer.from([0xff]),
    Buffer.from(',차,5\n'),
  ]);
  const [first, second] = await read('b.csv', content);
  expect(JSON.stringify(first)).toContain('beside a quoted cell');
  expect(JSON.stringify(second)).toContain('needed is UTF-8 text');
});

it('tells columns that it does not know', async () => {
  const [columns] = await read('c.csv', 'name,category,price_krw,stock\nTea,차,9000,7\n');
  expect(columns).toEqual({ kind: 'unknown-columns', names: ['stock'] });
  const [keys] = await read('c.ndjson', '{"name":"Tea","category":"차","price_krw":9000,"stock":7}\n');
  expect(keys).toEqual(columns);
});

it('refuses a header that lacks a column or has one twice', async () => {
  await expect(read('d.csv', 'name;category;price_krw\n')).rejects.toThrow(ImportFileError);
  await expect(read('e.csv', 'name,name,category,price_krw\n')).rejects.toThrow('name twice');
});
