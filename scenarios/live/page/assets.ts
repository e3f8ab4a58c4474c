// The files of the live page: its script is bundled when the page is first to be served.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { LIVE_PATHS } from '../moment.ts';

const here = (name: string): string => join(import.meta.dirname, name);

/** How the script is bundled. */
export const LIVE_SCRIPT_BUILD = {
  entryPoints: [here('client/main.tsx')],
  bundle: true,
  minify: true,
  write: false,
  target: 'es2022',
  logLevel: 'silent',
  format: 'esm',
  platform: 'browser',
  charset: 'utf8',
  legalComments: 'none',
  jsx: 'automatic',
  jsxImportSource: 'preact',
} satisfies BuildOptions;

export type LiveFile = { type: string; body: string };

/** By the path at which each is served. */
export async function readLiveFiles(): Promise<ReadonlyMap<string, LiveFile>> {
  const { outputFiles } = await build(LIVE_SCRIPT_BUILD);
  const [script] = outputFiles;
  if (script === undefined) throw new Error('The live page: found no output of esbuild, needed one script');
  return new Map([
    [LIVE_PATHS.page, { type: 'text/html', body: readFileSync(here('page.html'), 'utf8') }],
    [LIVE_PATHS.style, { type: 'text/css', body: readFileSync(here('page.css'), 'utf8') }],
    [LIVE_PATHS.script, { type: 'text/javascript', body: script.text }],
  ]);
}
