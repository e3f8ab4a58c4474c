import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import type { HttpApp } from './http.ts';
import { addPageFile } from './page-file.ts';

it('reads a file once, when somebody first asks, and sends it again only when it is another', async () => {
  const app = fastify();
  let readCount = 0;
  const read = () => {
    readCount += 1;
    return 'body {}';
  };
  addPageFile(app as unknown as HttpApp, { path: '/page.css', type: 'text/css; charset=utf-8', read });
  expect(readCount).toBe(0);
  const first = await app.inject('/page.css');
  expect(first).toMatchObject({ statusCode: 200, body: 'body {}' });
  expect(first.headers).toMatchObject({
    'content-type': 'text/css; charset=utf-8',
    'cache-control': 'no-cache',
  });
  const again = await app.inject({
    url: '/page.css',
    headers: { 'if-none-match': String(first.headers.etag) },
  });
  expect([again.statusCode, again.body, readCount]).toEqual([304, '', 1]);
  const other = await app.inject({ url: '/page.css', headers: { 'if-none-match': '"another"' } });
  expect(other.statusCode).toBe(200);
  await app.close();
});
