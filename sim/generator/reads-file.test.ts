import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { reportCatalogueRead } from '../adapters/our-shop/catalogue-reads.ts';
import { ROUTES } from '../adapters/our-shop/routes.ts';
import { noMeasures } from '../engine/measuring/measures.ts';
import type { HttpResult } from '../engine/transport/http-client.ts';
import { createReadsFile, readReads, readsFileOf } from './reads-file.ts';

const answered = (sentMs: number, cache?: string, status = 200): HttpResult => ({
  kind: 'answer',
  status,
  headers: cache === undefined ? {} : { 'x-cache': cache },
  json: () => null,
  sentMs,
  answeredMs: sentMs + 1,
});

it('keeps what the shop was asked in the order of the sends, from the start of the span, and nothing it did not answer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reads-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = createReadsFile(readsFileOf(folder));
  const report = (path: string, result: HttpResult) =>
    reportCatalogueRead(
      noMeasures,
      { route: path.includes('?') ? ROUTES.products : ROUTES.product, path, intendedMs: 0, result },
      file.add,
    );
  report('/products/17', answered(1_050, 'hit'));
  report('/products/4', answered(990.04, 'miss'));
  report('/products/5', answered(1_001, 'miss', 503));
  report('/products?sort=popular', answered(1_100.26));
  file.spanStarts(1_000);
  file.write();
  expect(readReads(readsFileOf(folder))).toEqual([
    { atMs: -10, kind: 'product', id: '4', cache: 'miss' },
    { atMs: 50, kind: 'product', id: '17', cache: 'hit' },
    { atMs: 100.3, kind: 'list', id: '/products?sort=popular', cache: 'none' },
  ]);
});
