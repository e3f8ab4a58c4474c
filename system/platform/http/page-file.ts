// A file of the shop's own pages. Browsers keep it and ask each time whether it is still the same.
import { hash } from 'node:crypto';
import type { HttpApp } from './http.ts';
import type { operatorOnly } from './operator-only.ts';
import { CONTENT_SECURITY_POLICY } from './page-policy.ts';

export type PageFile = {
  path: string;
  type: string;
  /** Called once, when somebody first asks. */
  read: () => string;
};

/** Whose page it is, and what it may load where that is not what all pages may. */
type PageFileOptions = {
  onRequest?: typeof operatorOnly;
  schema: { hide: boolean };
  config?: { rateLimit: false };
  helmet?: { contentSecurityPolicy: typeof CONTENT_SECURITY_POLICY };
};

const EVERYBODYS: PageFileOptions = { schema: { hide: true } };

/** Adds it to the pages of a server. */
export function addPageFile(
  pages: HttpApp,
  { path, type, read }: PageFile,
  options: PageFileOptions = EVERYBODYS,
): void {
  let body: string | null = null;
  const helmet = { contentSecurityPolicy: CONTENT_SECURITY_POLICY };
  pages.get(path, { helmet, ...options }, async (request, reply) => {
    body ??= read();
    const etag = `"${hash('sha256', body, 'base64url').slice(0, 22)}"`;
    reply.header('etag', etag).header('cache-control', 'no-cache');
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.type(type).send(body);
  });
}
