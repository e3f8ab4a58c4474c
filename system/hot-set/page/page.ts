// The operator's page of the cache, with the figures that it asks for every second. Like /metrics it tells nothing of people and
// is answered to this machine and to private networks alone.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CacheFigures, HOT_SET_FIGURES, HOT_SET_PAGE } from '../../contract/cache-figures.ts';
import { type HttpApp, internal, registerPages } from '../../platform/http/http.ts';
import { bundleOneFile, bundlePageStyle, scriptBuild } from '../../platform/http/page-bundle.ts';
import { addPageFile, type PageFile } from '../../platform/http/page-file.ts';
import { type FiguresDeps, readCacheFigures } from './read-figures.ts';

const here = (name: string): string => join(import.meta.dirname, name);

/** How the script is bundled. */
export const HOT_SET_SCRIPT_BUILD = scriptBuild(here('client/main.tsx'), { FIGURES_PATH: HOT_SET_FIGURES });

/** Made when somebody first asks: most shops have nobody who looks. */
const FILES: readonly PageFile[] = [
  {
    path: HOT_SET_PAGE,
    type: 'text/html; charset=utf-8',
    read: () => readFileSync(here('page.html'), 'utf8'),
  },
  {
    path: `${HOT_SET_PAGE}/page.js`,
    type: 'text/javascript; charset=utf-8',
    read: () => bundleOneFile(HOT_SET_SCRIPT_BUILD),
  },
  {
    path: `${HOT_SET_PAGE}/page.css`,
    type: 'text/css; charset=utf-8',
    read: () => bundlePageStyle(here('page.css')),
  },
];

/** Adds the page, its files and GET /operator/hot-set/figures. */
export async function registerHotSetPage(app: HttpApp, deps: FiguresDeps): Promise<void> {
  app.get(
    HOT_SET_FIGURES,
    { ...internal, schema: { hide: true, response: { 200: CacheFigures } } },
    async (_request, reply) => {
      reply.header('cache-control', 'no-store');
      return readCacheFigures(deps);
    },
  );
  await registerPages(app, async (pages) => {
    for (const file of FILES) addPageFile(pages, file, internal);
  });
}
