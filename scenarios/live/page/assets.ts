// The files of the live page: its script is bundled when the page is first to be served.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleClient } from '../../../reports/html/page/bundle-client.ts';
import { LIVE_PATHS } from '../moment.ts';

const here = (name: string): string => join(import.meta.dirname, name);

export type LiveFile = { type: string; body: string };

/** By the path at which each is served. */
export async function readLiveFiles(): Promise<ReadonlyMap<string, LiveFile>> {
  return new Map([
    [LIVE_PATHS.page, { type: 'text/html', body: readFileSync(here('page.html'), 'utf8') }],
    [LIVE_PATHS.style, { type: 'text/css', body: readFileSync(here('page.css'), 'utf8') }],
    [
      LIVE_PATHS.script,
      { type: 'text/javascript', body: await bundleClient(here('client/main.tsx'), 'esm') },
    ],
  ]);
}
