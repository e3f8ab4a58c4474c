// The operator's page at /operator/behaviour. Its files hold no data; what they show comes from the look-up, which asks who is
// there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TARGET_TYPES } from '../../contract/behaviour.ts';
import { BEHAVIOUR_ACTIONS } from '../../contract/tables.ts';
import { type HttpApp, registerPages } from '../../platform/http/http.ts';
import { operatorOnly } from '../../platform/http/operator-only.ts';
import { bundleOneFile, bundlePageStyle, scriptBuild } from '../../platform/http/page-bundle.ts';
import { addPageFile, type PageFile } from '../../platform/http/page-file.ts';
import { CONTENT_SECURITY_POLICY } from '../../platform/http/page-policy.ts';

const here = (name: string): string => join(import.meta.dirname, name);

/** A page that an operator signs in on is not to be shown within another. */
const UNFRAMED_POLICY = {
  ...CONTENT_SECURITY_POLICY,
  directives: { ...CONTENT_SECURITY_POLICY.directives, 'frame-ancestors': ["'none'"] },
};

/** How the script is bundled. */
export const SCRIPT_BUILD = scriptBuild(here('client/main.ts'), {
  CONTRACT: { actions: BEHAVIOUR_ACTIONS, targetTypes: TARGET_TYPES },
});

/** Made when somebody first asks: most shops have nobody who looks. */
const FILES: readonly PageFile[] = [
  { path: '', type: 'text/html; charset=utf-8', read: () => readFileSync(here('index.html'), 'utf8') },
  { path: '/style.css', type: 'text/css; charset=utf-8', read: () => bundlePageStyle(here('style.css')) },
  { path: '/page.js', type: 'text/javascript; charset=utf-8', read: () => bundleOneFile(SCRIPT_BUILD) },
];

/** Adds the page. Strangers are told that there is none, as of the metrics. */
export async function registerBehaviourPage(app: HttpApp): Promise<void> {
  const options = {
    onRequest: operatorOnly,
    schema: { hide: true },
    helmet: { contentSecurityPolicy: UNFRAMED_POLICY },
  };
  await registerPages(app, async (pages) => {
    for (const file of FILES)
      addPageFile(pages, { ...file, path: `/operator/behaviour${file.path}` }, options);
  });
}
