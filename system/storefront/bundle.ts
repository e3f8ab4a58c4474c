// The storefront's files as browsers get them, made once when the process starts: the page, its script from
// client/, its style and its icon.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import type { PageFile } from '../platform/http/page-file.ts';
import { bundlePageStyle } from '../platform/http/page-style.ts';
import { categoryImage } from './category-image.ts';
import { CONTRACT } from './contract-values.ts';
import { drawingsVersion } from './pictures/drawings-version.ts';

const here = (name: string): string => join(import.meta.dirname, name);

const made = (path: string, type: string, body: string): PageFile => ({ path, type, read: () => body });

/** All files of the storefront. Throws when the client's source cannot be bundled. */
export function bundleStorefront(): PageFile[] {
  return [
    made('/', 'text/html; charset=utf-8', readFileSync(here('index.html'), 'utf8')),
    made('/storefront/app.js', 'text/javascript; charset=utf-8', bundleScript()),
    made('/storefront/style.css', 'text/css; charset=utf-8', bundlePageStyle(here('style.css'))),
    made('/storefront/icon.svg', 'image/svg+xml', categoryImage('shop')),
  ];
}

/** How the script is bundled. */
export const SCRIPT_BUILD = {
  entryPoints: [here('client/main.tsx')],
  bundle: true,
  minify: true,
  write: false,
  target: 'es2022',
  logLevel: 'silent',
  format: 'esm',
  platform: 'browser',
  legalComments: 'none',
  // As client/tsconfig.json says; the one that it extends is not there in the shop's image.
  jsx: 'automatic',
  jsxImportSource: 'preact',
  define: { CONTRACT: JSON.stringify(CONTRACT), DRAWINGS_VERSION: JSON.stringify(drawingsVersion()) },
} satisfies BuildOptions;

function bundleScript(): string {
  // Synchronously, because that leaves no service process of esbuild behind.
  const [file, ...others] = buildSync(SCRIPT_BUILD).outputFiles;
  if (!file || others.length > 0) throw new Error(`esbuild gave ${others.length + 1} files, needed 1`);
  return file.text;
}
