// Items from a sitemap: all pages whose address fits a pattern. A sitemap tells addresses alone; prices and stock are seen when a
// shopper opens a page.
import type { Http, Item, ReadCatalogue } from './define-shop.ts';
import { ShopMistake, shown } from './shop-mistake.ts';

/** A sitemap holds 50,000 addresses at most, and an index as many sitemaps; more than this is no shop's. */
const MOST_SITEMAPS = 200;

/**
 * @param path of the sitemap, or of an index of sitemaps: `/sitemap.xml`
 * @param pattern for the path of an item's page; its group `id`, or its first one, is the id; `category` and `name` may be groups too:
 * `/^\/products\/(?<category>[^/]+)\/(?<id>[^/]+)$/`
 */
export function fromSitemap(path: string, pattern: RegExp): ReadCatalogue {
  return async (http) => {
    const items = new Map<string, Item>();
    let foundCount = 0;
    for (const address of await addressesOf(http, path)) {
      foundCount += 1;
      const url = URL.parse(address);
      const item = url === null ? null : itemOf(url, pattern);
      if (item !== null && !items.has(item.id)) items.set(item.id, item);
    }
    if (items.size === 0)
      throw new ShopMistake(
        `${path}: found ${foundCount} addresses and none whose path fits ${pattern}, needed at least one. Look at the pattern.`,
      );
    return [...items.values()];
  };
}

async function addressesOf(http: Http, path: string): Promise<string[]> {
  const addresses: string[] = [];
  const waiting = [path];
  for (let readCount = 0; waiting.length > 0; readCount += 1) {
    const next = waiting.shift() ?? path;
    if (readCount === MOST_SITEMAPS)
      throw new ShopMistake(
        `${path}: found more than ${MOST_SITEMAPS} sitemaps, needed is fewer. Name one of them.`,
      );
    const text = (await http.get('sitemap', next)).text();
    const found = [...text.matchAll(/<loc>\s*([^<]+?)\s*<\/loc>/g)].map(([, address = '']) =>
      unescaped(address),
    );
    // A sitemap names the public host; what is asked is the shop that is rehearsed.
    if (/<sitemapindex[\s>]/.test(text)) waiting.push(...found.map(pathOf));
    else if (/<urlset[\s>]/.test(text)) addresses.push(...found);
    else
      throw new ShopMistake(
        `${next}: found ${shown(text)}, needed is a sitemap (<urlset> or <sitemapindex>).`,
      );
  }
  return addresses;
}

function pathOf(address: string): string {
  const url = URL.parse(address);
  return url === null ? address : url.pathname + url.search;
}

function itemOf(url: URL, pattern: RegExp): Item | null {
  const found = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).exec(url.pathname);
  if (found === null) return null;
  const { id = found[1] ?? url.pathname, category = 'all', name } = found.groups ?? {};
  return {
    id,
    category: decoded(category),
    name: decoded(name ?? id).replace(/[-_]+/g, ' '),
    path: url.pathname + url.search,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescaped = (text: string): string =>
  text.replace(/&(\w+);/g, (whole, name) => ENTITIES[name] ?? whole);
