// What `import … from 'stampede'` gives to the file that describes a shop.
export * from './define-shop.ts';
export { fromCsv } from './from-csv.ts';
export { fromSitemap } from './from-sitemap.ts';
export { refused } from './refused.ts';
export { readAll, readPage, type Slice, type Sliced } from './slices.ts';
