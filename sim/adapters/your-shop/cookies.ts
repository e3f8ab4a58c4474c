// The cookies of one visitor, as a browser keeps them: by host and path, until they expire.
import { type Cookie, parseCookie } from 'undici';

type Kept = {
  name: string;
  value: string;
  host: string;
  withSubdomains: boolean;
  path: string;
  endsMs: number;
};

export class CookieJar {
  private readonly kept: Kept[] = [];
  private readonly wallMs: () => number;

  /** `wallMs` is the time of day, by which cookies expire. */
  constructor(wallMs: () => number) {
    this.wallMs = wallMs;
  }

  /** Keeps what an answer of this address set; what it cannot read it leaves alone, as browsers do. */
  keep(url: URL, setCookie: string | string[] | undefined): void {
    if (setCookie === undefined) return;
    for (const line of typeof setCookie === 'string' ? [setCookie] : setCookie) {
      const cookie = parseCookie(line);
      if (cookie !== null && cookie.name !== '') this.put(url, cookie);
    }
  }

  /** What goes with a request to this address; null when nothing does. */
  headerFor(url: URL): string | null {
    if (this.kept.length === 0) return null;
    const nowMs = this.wallMs();
    const fitting = this.kept.filter(
      (cookie) =>
        cookie.endsMs > nowMs && isOfHost(cookie, url.hostname) && isUnder(url.pathname, cookie.path),
    );
    return fitting.length === 0 ? null : fitting.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  private put(url: URL, cookie: Cookie): void {
    const domain = cookie.domain?.replace(/^\./, '').toLowerCase();
    const isOwn = domain === undefined || url.hostname === domain || url.hostname.endsWith(`.${domain}`);
    // Of another host: no browser takes it.
    if (!isOwn) return;
    const kept: Kept = {
      name: cookie.name,
      value: cookie.value,
      host: domain ?? url.hostname,
      withSubdomains: domain !== undefined,
      path: cookie.path?.startsWith('/') ? cookie.path : defaultPath(url.pathname),
      endsMs: this.endOf(cookie),
    };
    const index = this.kept.findIndex(
      ({ name, host, path }) => name === kept.name && host === kept.host && path === kept.path,
    );
    if (index >= 0) this.kept.splice(index, 1);
    if (kept.endsMs > this.wallMs()) this.kept.push(kept);
  }

  private endOf({ maxAge, expires }: Cookie): number {
    if (maxAge !== undefined) return this.wallMs() + maxAge * 1_000;
    if (expires !== undefined) return Number(expires);
    return Infinity;
  }
}

const isOfHost = ({ host, withSubdomains }: Kept, hostname: string): boolean =>
  hostname === host || (withSubdomains && hostname.endsWith(`.${host}`));

const isUnder = (path: string, folder: string): boolean =>
  path === folder || (path.startsWith(folder) && (folder.endsWith('/') || path[folder.length] === '/'));

/** RFC 6265, 5.1.4: up to the last slash. */
function defaultPath(path: string): string {
  const end = path.lastIndexOf('/');
  return end <= 0 ? '/' : path.slice(0, end);
}
