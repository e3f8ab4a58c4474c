import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Item } from '../../../sim/adapters/your-shop/define-shop.ts';
import { fingerprintOf } from './meet.ts';

const folder = mkdtempSync(join(tmpdir(), 'stampede-meet-'));
const file = join(folder, 'my-shop.ts');
afterAll(() => rmSync(folder, { recursive: true }));

const tea: Item = { id: 'tea', name: 'Tea', category: 'drinks', price: 3, stock: 5 };

function fingerprint(items: readonly Item[], text = 'as it was'): string {
  writeFileSync(file, text);
  return fingerprintOf({
    settings: { file, url: 'http://127.0.0.1:1', version: '0', runId: 'run-1' },
    discovery: { items },
  });
}

it('what was sold meanwhile leaves a shop the same; other items, other prices and another file do not', () => {
  const before = fingerprint([tea]);
  expect(fingerprint([{ ...tea, stock: 0, inStock: false }])).toBe(before);
  expect(fingerprint([{ ...tea, price: 4 }])).not.toBe(before);
  expect(fingerprint([tea, { ...tea, id: 'cup' }])).not.toBe(before);
  expect(fingerprint([tea], 'mended')).not.toBe(before);
  expect(fingerprintOf(null)).toBe('unknown');
});
