// Addresses of pages: the part behind #.

/** The part of the address behind #: `#/products/7?page=2`. */
export type Route = { path: string[]; query: URLSearchParams };

/** Reads the part of an address behind #; broken escapes stay as they are. */
export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  return { path: path.split('/').filter((part) => part !== ''), query: new URLSearchParams(query) };
}

/** The link to a page with a query; empty values are left out. */
export function link(path: string, query: Record<string, string | number | null> = {}): string {
  const present = Object.entries(query).filter(([, value]) => value !== null && value !== '');
  const text = new URLSearchParams(
    Object.fromEntries(present.map(([name, value]) => [name, String(value)])),
  ).toString();
  return text === '' ? `#${path}` : `#${path}?${text}`;
}
