import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHealth } from '../platform/diagnostics/health.ts';
import { createLog } from '../platform/diagnostics/log.ts';
import { createMetrics } from '../platform/diagnostics/metrics.ts';
import { buildHttp, type HttpApp } from '../platform/http/http.ts';
import { fixedClock } from '../platform/settings/clock-testing.ts';
import { drawingsVersion } from './pictures/drawings-version.ts';
import { pictureAddress } from './pictures/picture-address.ts';
import { registerStorefront } from './routes.ts';

const SOLD = [
  { id: 7, name: '딸기 1kg', image: '/images/categories/fresh-produce.svg' },
  { id: 8, name: 'zeppelin', image: 'https://elsewhere.example/apple.png' },
  { id: 9, name: 'zeppelin', image: '/photographs/zeppelin.png' },
];

let app: HttpApp;
let askedCount = 0;

async function openApp(rateLimitPerSecond: number): Promise<HttpApp> {
  const opened = await buildHttp({
    config: { rateLimitPerSecond, trustedProxies: [] },
    log: createLog({ level: 'silent', name: 'test' }),
    clock: fixedClock('2026-03-02T00:00:00Z'),
    metrics: createMetrics(),
    health: createHealth(),
  });
  await registerStorefront(opened, {
    async findPictured(id) {
      askedCount += 1;
      return SOLD.find((product) => product.id === id) ?? null;
    },
  });
  return opened;
}

beforeAll(async () => {
  app = await openApp(0);
});
afterAll(() => app.close());

describe('the storefront', () => {
  test('is one page whose files are all the shop’s own', async () => {
    const page = await app.inject('/');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    const links = [...page.body.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, address]) => address!);
    expect(links).toEqual(expect.arrayContaining(['/storefront/app.js', '/storefront/style.css']));
    for (const address of links.filter((each) => each.startsWith('/storefront/'))) {
      const file = await app.inject(address);
      expect(file.statusCode, address).toBe(200);
      expect(file.body, address).not.toMatch(/url\(["']?https?:|@import/);
    }
    expect(links.every((address) => address.startsWith('/'))).toBe(true);
  });

  test('allows nothing inline and nothing from elsewhere', async () => {
    const page = await app.inject('/');
    expect(page.headers['content-security-policy']).toContain("default-src 'none';script-src 'self'");
    expect(page.headers['content-security-policy']).not.toMatch(/unsafe|https?:|data:/);
    expect(page.body).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
  });

  test('is sent again only when it has changed', async () => {
    for (const url of ['/', '/storefront/app.js', '/storefront/style.css']) {
      const first = await app.inject(url);
      const etag = String(first.headers.etag);
      const again = await app.inject({ url, headers: { 'if-none-match': etag } });
      expect([again.statusCode, again.body], url).toEqual([304, '']);
      const other = await app.inject({ url, headers: { 'if-none-match': '"other"' } });
      expect(other.statusCode, url).toBe(200);
    }
  });

  test('draws a picture for every category, and a bag for one that it does not know', async () => {
    const [golf, unknown, bag] = await Promise.all(
      ['golf', 'zeppelins', 'shop'].map((key) => app.inject(`/images/categories/${key}.svg`)),
    );
    expect(golf!.headers['content-type']).toBe('image/svg+xml');
    const drawing = (body: string) => / d="([^"]+)"/.exec(body)?.[1];
    expect(drawing(unknown!.body)).toBe(drawing(bag!.body));
    expect(drawing(golf!.body)).not.toBe(drawing(bag!.body));
    for (const file of ['golf.png', '<script>.svg', '..%2f..%2fserve.svg', `${'x'.repeat(41)}.svg`]) {
      expect((await app.inject(`/images/categories/${file}`)).statusCode, file).toBe(400);
    }
  });

  test('draws each product from its address alone, and leads to its photograph where the shop has one', async () => {
    const addresses = SOLD.map((product) => pictureAddress(product, drawingsVersion()));
    expect(addresses[2]).toBe('/photographs/zeppelin.png');
    askedCount = 0;
    const [drawn, foreign] = await Promise.all(addresses.slice(0, 2).map((address) => app.inject(address)));
    expect(drawn!.headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(drawn!.body).not.toBe(foreign!.body);
    expect(foreign!.body).toContain('<svg');
    const again = await app.inject({
      url: addresses[0]!,
      headers: { 'if-none-match': String(drawn!.headers.etag) },
    });
    expect([again.statusCode, again.body, askedCount]).toEqual([304, '', 0]);
    // The process that draws otherwise has yet to be asked: nobody keeps for good what this one draws in its place.
    const ofOthers = await app.inject(pictureAddress(SOLD[0]!, 'v1'));
    expect(ofOthers.headers['cache-control']).toBe('public, max-age=86400');
    const undrawn = await app.inject(`/images/products/7/drawn?v=${drawingsVersion()}`);
    expect(undrawn.headers['cache-control']).toBe('public, max-age=86400');
  });

  test('leads whoever knows a product by its id alone to its picture', async () => {
    const [drawn, photograph, none, nonsense] = await Promise.all(
      ['7', '9', '10', '<b>'].map((id) => app.inject(`/images/products/${id}`)),
    );
    expect([photograph!.statusCode, photograph!.headers.location]).toEqual([
      302,
      '/photographs/zeppelin.png',
    ]);
    expect(drawn!.headers['cache-control']).toBe('public, max-age=86400');
    expect((await app.inject(String(drawn!.headers.location))).body).toBe(
      (await app.inject(pictureAddress(SOLD[0]!, 'other'))).body,
    );
    expect([none!.statusCode, nonsense!.statusCode]).toEqual([404, 400]);
  });

  test('draws no more than a product’s own name and category, whatever an address says', async () => {
    const hostile = await app.inject(
      pictureAddress({ id: 7, name: '<script>alert(1)</script>딸기\ud800', image: '' }, '"><b>'),
    );
    expect([hostile.statusCode, hostile.body.includes('script')]).toEqual([200, false]);
    for (const query of [
      'of=../serve',
      'of=<b>',
      `name=${'x'.repeat(201)}`,
      'size=1000000',
      `v=${'1'.repeat(21)}`,
    ])
      expect((await app.inject(`/images/products/7/drawn?${query}`)).statusCode, query).toBe(400);
    for (const key of ['constructor', 'to-string'])
      expect((await app.inject(`/images/products/7/drawn?of=${key}`)).body, key).toContain('<svg');
    expect((await app.inject('/images/products/0/drawn')).statusCode).toBe(400);
  });

  test('counts no picture that asks for nothing as a request of a client', async () => {
    const limited = await openApp(2);
    try {
      const ask = async (urls: readonly string[]) => {
        const answers = await Promise.all(urls.map((url) => limited.inject(url)));
        return answers.filter(({ statusCode }) => statusCode === 429).length;
      };
      const times = (url: string) => Array.from({ length: 30 }, () => url);
      expect(await ask(times(pictureAddress(SOLD[0]!, 'v1')))).toBe(0);
      expect(await ask(times('/images/categories/golf.svg'))).toBe(0);
      expect(await ask(times('/images/products/7'))).toBeGreaterThan(0);
    } finally {
      await limited.close();
    }
  });
});
