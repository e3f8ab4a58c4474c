import { expect, test } from 'vitest';
import { html } from '../markup/markup.ts';
import { failedOf } from '../sections/routes.ts';
import { percentileGrid } from './percentile-curve.ts';
import { bucketSecondsFor } from './time-grid.ts';

test('a curve ends where fewer than five samples lie beyond', () => {
  for (const count of [50, 1000, 123_456]) {
    const last = percentileGrid(count).at(-1)!;
    expect(count * (1 - last / 100)).toBeGreaterThanOrEqual(4.99);
  }
  expect(percentileGrid(0)).toEqual([]);
  expect(percentileGrid(2).length).toBeGreaterThan(5);
  // With fewer than fifty samples one that lies beyond must do, and one sample alone has no curve.
  expect(Math.max(...percentileGrid(8))).toBeLessThanOrEqual(87.5);
  expect(Math.max(...percentileGrid(40))).toBeCloseTo(90);
  expect(percentileGrid(1)).toEqual([]);
});

test('half an hour and a day fit into 300 buckets, a short run keeps its seconds', () => {
  expect(bucketSecondsFor(60, 300)).toBe(1);
  for (const rows of [1828, 7200, 86_400]) {
    expect(Math.ceil(rows / bucketSecondsFor(rows, 300)) + 1).toBeLessThanOrEqual(300);
  }
});

test('text put into markup is escaped, lists and markup are not escaped twice', () => {
  const list = ['<a>', '"b"'].map((text) => html`<li title="${text}">${text}</li>`);
  expect(html`<ul>${list}${null}${false}${0}</ul>`.markup).toBe(
    '<ul><li title="&lt;a&gt;">&lt;a&gt;</li><li title="&quot;b&quot;">&quot;b&quot;</li>0</ul>',
  );
});

test('failures belong to the route they name and to no other that begins alike', () => {
  const failures = { 'GET /products/:id 503': 4, 'timeout GET /products': 2, 'GET /products 500': 1 };
  expect(failedOf('GET /products', failures)).toBe(3);
  expect(failedOf('GET /products/:id', failures)).toBe(4);
});
