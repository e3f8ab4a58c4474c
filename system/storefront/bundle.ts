// The storefront's files as browsers get them, made once when the process starts: the page, its script from
// client/, its style and its icon.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleOneFile, bundlePageStyle, scriptBuild } from '../platform/http/page-bundle.ts';
import type { PageFile } from '../platform/http/page-file.ts';
import { categoryImage } from './category-image.ts';
import { CONTRACT } from './contract-values.ts';
import { drawingsVersion } from './pictures/drawings-version.ts';

const here = (name: string): string => join(import.meta.dirname, name);

const made = (path: string, type: string, body: string): PageFile => ({ path, type, read: () => body });

/** All files of the storefront. Throws when the client's source cannot be bundled. */
export function bundleStorefront(): PageFile[] {
  return [
    made('/', 'text/html; charset=utf-8', readFileSync(here('index.html'), 'utf8')),
    made('/storefront/app.js', 'text/javascript; charset=utf-8', bundleOneFile(SCRIPT_BUILD)),
    made('/storefront/style.css', 'text/css; charset=utf-8', bundlePageStyle(here('style.css'))),
    made('/storefront/icon.svg', 'image/svg+xml', categoryImage('shop')),
  ];
}

/** How the script is bundled. */
export const SCRIPT_BUILD = scriptBuild(here('client/main.tsx'), {
  CONTRACT,
  DRAWINGS_VERSION: drawingsVersion(),
});
