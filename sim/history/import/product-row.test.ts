import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openProducts, type ReadProduct } from './read-products.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-exports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(name: string, lines: string[]): Promise<ReadProduct[]> {
  const file = join(folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  const all: ReadProduct[] = [];
  for await (const one of (await openProducts(file)).products()) all.push(one);
  return all;
}

it('reads a Shopify export: variants from their product, pictures passed over', async () => {
  const all = await read('shopify.csv', [
    'Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src,Image Position',
    'shirt,Linen shirt,<p>Soft</p>,Us,Clothing,"summer, linen",true,Size,S,SH-S,4,29000.00,35000.00,https://x/1.jpg,1',
    'shirt,,,,,,,,M,SH-M,0,29000.00,0.00,https://x/2.jpg,2',
    'shirt,,,,,,,,,,,,,https://x/3.jpg,3',
    'mug,Mug,,Us,,,true,Title,Default Title,,7,8000.00,,,',
  ]);
  expect(all[0]).toMatchObject({ kind: 'left-out' });
  expect(JSON.stringify(all[0])).toContain('Vendor');
  expect(all.slice(1)).toMatchObject([
    {
      product: {
        key: 'SH-S',
        name: 'Linen shirt (S)',
        category: 'Clothing',
        tags: ['summer', 'linen'],
        priceKrw: 29_000,
        listPriceKrw: 35_000,
        stockCount: 4,
        image: 'https://x/1.jpg',
      },
    },
    {
      product: {
        key: 'SH-M',
        name: 'Linen shirt (M)',
        category: 'Clothing',
        description: '<p>Soft</p>',
        listPriceKrw: 29_000,
        stockCount: 0,
        image: 'https://x/2.jpg',
      },
    },
    { kind: 'no-product', line: 4, why: 'picture of a product above' },
    { product: { key: null, name: 'Mug', category: 'Uncategorized', assumed: ['category'], stockCount: 7 } },
  ]);
});

it('reads a WooCommerce export: the sale price, the first category and picture, variations from their product', async () => {
  const all = await read('woocommerce.csv', [
    'ID,Type,SKU,Name,Published,"Short description",Description,"In stock?",Stock,"Sale price","Regular price",Categories,Tags,Images,Parent',
    '10,simple,TEA-1,Green tea,1,Fresh,,1,12,8000,9500,"Food > Tea, Gifts","green, tea","https://x/a.jpg, https://x/b.jpg",',
    '11,variable,CUP,Cup,1,,Fine,1,,,,Kitchen,,https://x/c.jpg,',
    '12,variation,CUP-R,Cup - Red,1,,,1,,,12000,,,,CUP',
    '13,variation,,Cup - Blue,1,,,0,,,12000,,,,id:11',
  ]);
  expect(all.slice(1)).toMatchObject([
    {
      product: {
        key: 'TEA-1',
        name: 'Green tea',
        description: 'Fresh',
        category: 'Food > Tea',
        tags: ['green', 'tea'],
        priceKrw: 8_000,
        listPriceKrw: 9_500,
        stockCount: 12,
        image: 'https://x/a.jpg',
      },
    },
    { kind: 'no-product', line: 3 },
    {
      product: {
        key: 'CUP-R',
        category: 'Kitchen',
        description: 'Fine',
        priceKrw: 12_000,
        stockCount: 1_000,
      },
    },
    { product: { key: 'id:13', name: 'Cup - Blue', category: 'Kitchen', stockCount: 0, assumed: [] } },
  ]);
});
