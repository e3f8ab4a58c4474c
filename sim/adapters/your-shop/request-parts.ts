// Headers and bodies of adapters' requests. Pure.

/** A body and what it is; null where there is none. */
export type Body = { text: string; type: string } | null;

/** JSON unless it is text or a form. */
export function bodyOf(body: unknown): Body {
  if (body === undefined) return null;
  if (typeof body === 'string') return { text: body, type: 'text/plain;charset=UTF-8' };
  if (body instanceof URLSearchParams)
    return { text: body.toString(), type: 'application/x-www-form-urlencoded;charset=UTF-8' };
  return { text: JSON.stringify(body), type: 'application/json' };
}

const ACCEPT = 'application/json, text/html;q=0.9, */*;q=0.8';

/** Names in lower case. */
export type OwnHeaders = ReadonlyMap<string, string>;

/**
 * Names and values in turn: `common` of every request, then the usual ones unless `own` has them, then `own`. Those of `common` are
 * nobody's to change.
 */
export function headersOf(parts: {
  common: readonly string[];
  traceparent: string;
  cookie: string | null;
  type: string | null;
  own: OwnHeaders | null;
}): string[] {
  const { common, traceparent, cookie, type, own } = parts;
  const headers = [...common, 'traceparent', traceparent];
  if (own === null) {
    headers.push('accept', ACCEPT);
    if (cookie !== null) headers.push('cookie', cookie);
    if (type !== null) headers.push('content-type', type);
    return headers;
  }
  if (!own.has('accept')) headers.push('accept', ACCEPT);
  if (cookie !== null && !own.has('cookie')) headers.push('cookie', cookie);
  if (type !== null && !own.has('content-type')) headers.push('content-type', type);
  for (const [name, value] of own) if (!isOurs(name)) headers.push(name, value);
  return headers;
}

const OURS = ['user-agent', 'stampede-run', 'traceparent', 'host', 'content-length', 'connection'];
const isOurs = (name: string): boolean => OURS.includes(name);

/** The visit's own headers with those of one request over them. */
export function withHeaders(
  own: OwnHeaders | null,
  more: Readonly<Record<string, string>> | undefined,
): OwnHeaders | null {
  if (more === undefined) return own;
  const all = new Map(own);
  for (const [name, value] of Object.entries(more)) all.set(name.toLowerCase(), value);
  return all;
}

const REDIRECTS = [301, 302, 303, 307, 308];

export const isRedirect = (status: number): boolean => REDIRECTS.includes(status);

/** A redirect is followed as browsers follow it: by GET, but with 307 and 308, and with 301 and 302 of what is no POST. */
export function keepsMethod(status: number, method: string): boolean {
  return status >= 307 || (status !== 303 && method !== 'POST') || method === 'GET';
}
