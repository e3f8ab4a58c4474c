import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHealth } from '../platform/diagnostics/health.ts';
import { createLog } from '../platform/diagnostics/log.ts';
import { createMetrics } from '../platform/diagnostics/metrics.ts';
import { buildHttp, type HttpApp } from '../platform/http/http.ts';
import { fixedClock } from '../platform/settings/clock-testing.ts';
import { registerStorefront } from './routes.ts';

const SOLD = [
  { id: 7, name: '딸기 1kg', image: '/images/categories/fresh-produce.svg' },
  { id: 8, name: 'zeppelin', image: 'https://elsewhere.example/apple.png' },
  { id: 9, name: 'zeppelin', image: '/photographs/zeppelin.png' },
];

let app: HttpApp;
beforeAll(async () => {
  app = await buildHttp({
    config: { rateLimitPerSecond: 0, trustedProxies: [] },
    log: createLog({ level: 'silent', name: 'test' }),
    clock: fixedClock('2026-03-02T00:00:00Z'),
    metrics: createMetrics(),
    health: createHealth(),
  });
  await registerStorefront(app, {
    findPictured: async (id) => SOLD.find((product) => product.id === id) ?? null,
  });
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

  test('draws each product, and leads to its photograph where the shop has one', async () => {
    const [drawn, foreign, own, none, nonsense] = await Promise.all(
      ['7', '8', '9', '10', '<b>'].map((id) => app.inject(`/images/products/${id}`)),
    );
    expect(drawn!.headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=86400',
    });
    expect(drawn!.body).not.toBe(foreign!.body);
    expect(foreign!.body).toContain('<svg');
    expect([own!.statusCode, own!.headers.location]).toEqual([302, '/photographs/zeppelin.png']);
    expect([none!.statusCode, nonsense!.statusCode]).toEqual([404, 400]);
  });
});
