// The operator's page at /operator/behaviour: its files, made once when the process starts. They hold no data; what they show
// comes from the look-up, which asks who is there.
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { TARGET_TYPES } from '../../contract/behaviour.ts';
import { BEHAVIOUR_ACTIONS } from '../../contract/tables.ts';
import { type HttpApp, registerPages } from '../../platform/http/http.ts';
import { operatorOnly } from '../../platform/http/operator-only.ts';

const here = (name: string): string => join(import.meta.dirname, name);

/** Everything from the shop itself; nothing inline. */
const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'"],
    'connect-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  },
};

/** How the script is bundled. */
export const SCRIPT_BUILD = {
  bundle: true,
  minify: true,
  write: false,
  target: 'es2022',
  logLevel: 'silent',
  entryPoints: [here('client/main.ts')],
  format: 'esm',
  platform: 'browser',
  legalComments: 'none',
  define: { CONTRACT: JSON.stringify({ actions: BEHAVIOUR_ACTIONS, targetTypes: TARGET_TYPES }) },
} satisfies BuildOptions;

/** Adds the page. Strangers are told that there is none, as of the metrics. */
export async function registerBehaviourPage(app: HttpApp): Promise<void> {
  const files = [
    { path: '', type: 'text/html; charset=utf-8', body: readFileSync(here('index.html'), 'utf8') },
    { path: '/style.css', type: 'text/css; charset=utf-8', body: readFileSync(here('style.css'), 'utf8') },
    { path: '/page.js', type: 'text/javascript; charset=utf-8', body: bundleScript() },
  ];
  await registerPages(app, async (pages) => {
    for (const { path, type, body } of files) {
      const etag = `"${hash('sha256', body, 'base64url').slice(0, 22)}"`;
      pages.get(
        `/operator/behaviour${path}`,
        {
          onRequest: operatorOnly,
          schema: { hide: true },
          helmet: { contentSecurityPolicy: CONTENT_SECURITY_POLICY },
        },
        async (request, reply) => {
          reply.header('etag', etag).header('cache-control', 'no-cache');
          if (request.headers['if-none-match'] === etag) return reply.code(304).send();
          return reply.type(type).send(body);
        },
      );
    }
  });
}

function bundleScript(): string {
  // Synchronously, because that leaves no service process of esbuild behind.
  const [file] = buildSync(SCRIPT_BUILD).outputFiles;
  if (file === undefined) throw new Error('esbuild gave no file for the page of the behaviour log, needed 1');
  return file.text;
}
