import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundlePageStyle } from './page-bundle.ts';

const system = join(import.meta.dirname, '../..');
const namesSet = (css: string) => new Set([...css.matchAll(/(--[a-z-]+):/g)].map(([, name]) => name));
const namesUsed = (css: string) => new Set([...css.matchAll(/var\((--[a-z-]+)/g)].map(([, name]) => name));

const shared = namesSet(readFileSync(join(import.meta.dirname, 'page-colours.css'), 'utf8'));
const pages = globSync('*/**/*.css', { cwd: system }).filter((file) => !file.startsWith('platform/'));

describe('the style of a page', () => {
  it('is known of the storefront and of both pages of the operator', () => {
    expect(pages.length).toBeGreaterThanOrEqual(3);
  });

  it.each(pages)('%s takes the shared colours from their one place', (file) => {
    const own = namesSet(readFileSync(join(system, file), 'utf8'));
    expect([...own].filter((name) => shared.has(name))).toEqual([]);
  });

  it.each(pages)('%s has every colour that it uses once it is bundled', (file) => {
    const bundled = bundlePageStyle(join(system, file));
    const set = namesSet(bundled);
    expect([...namesUsed(bundled)].filter((name) => !set.has(name))).toEqual([]);
    expect(bundled).not.toContain('@import');
  });

  it('cannot be made of a file that is not there', () => {
    expect(() => bundlePageStyle(join(system, 'nothing.css'))).toThrow(/nothing\.css/);
  });
});
