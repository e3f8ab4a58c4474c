import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noteOpenShop, readOpenShop } from './open-shop.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'stampede-open-shop-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const shop = { url: 'http://127.0.0.1:1', redisUrl: 'redis://:secret@127.0.0.1:2', redisKeyPrefix: 'a:' };

test('an open shop is found until it closes, and its note is its owner’s alone', () => {
  expect(readOpenShop(home)).toBeNull();
  const forget = noteOpenShop(home, shop);
  expect(readOpenShop(home)).toEqual(shop);
  expect(statSync(join(home, 'shop.json')).mode & 0o777).toBe(0o600);
  forget();
  expect(readOpenShop(home)).toBeNull();
});

test('a shop whose process was killed is not open', () => {
  noteOpenShop(home, shop);
  const file = join(home, 'shop.json');
  const note = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...note, process: { ...note.process, startedAt: 'before' } }));
  expect(readOpenShop(home)).toBeNull();
});
