import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PortError } from '../loopback/loopback.ts';
import { createRunDirectory } from '../record/run-directory.ts';
import { writeSyntheticRun } from '../testing/synthetic-run.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { type Gallery, serveGallery } from './server.ts';

const HOSTILE = '<script>alert("x")</script>';
const root = temporaryFolder();
const day = (number: number) => new Date(Date.UTC(2025, 10, number));
let gallery: Gallery;

beforeAll(async () => {
  writeFileSync(join(root, 'secret.txt'), 'secret');
  writeSyntheticRun({ root, startedAt: day(1), durationSeconds: 3, hostileText: HOSTILE });
  writeSyntheticRun({ root, startedAt: day(2), durationSeconds: 3, verdict: 'AUDIT_FAILED' });
  createRunDirectory({ root, scenario: HOSTILE, startedAt: day(3) }).abort(HOSTILE, day(3));
  mkdirSync(join(root, '2025-11-04T000000Z-broken'));
  writeFileSync(join(root, '2025-11-04T000000Z-broken', 'status.json'), HOSTILE);
  gallery = await serveGallery({ root, port: 0 });
});
afterAll(() => gallery.close());

/** Asks for a path as it is written, which `fetch` would tidy up first. */
function ask(path: string, options: { method?: string; host?: string } = {}) {
  const { hostname, port } = new URL(gallery.url);
  const headers = options.host === undefined ? {} : { host: options.host };
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const sent = request({ hostname, port, path, method: options.method ?? 'GET', headers }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (part) => {
          body += part;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      });
      sent.on('error', reject).end();
    },
  );
}

test('it listens on this machine alone', () => {
  expect(new URL(gallery.url).hostname).toBe('127.0.0.1');
});

test('every page allows only what comes from this server and holds no markup from data', async () => {
  const runs = ['2025-11-01T000000Z-peak-hour', '2025-11-02T000000Z-peak-hour'];
  for (const path of ['/', `/compare?run=${runs[0]}&run=${runs[1]}`, '/runs/2025-11-04T000000Z-broken']) {
    const { headers, body } = await ask(path);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(body).not.toContain(HOSTILE);
    expect(body).not.toMatch(/(src|href)="(https?:)?\/\//);
  }
});

test('the query chooses which runs are shown', async () => {
  const { body } = await ask('/?verdict=ABORTED&words=script');
  expect(body).toContain('1 of 4 runs');
  expect(body).toContain('<option value="ABORTED" selected>■ ABORTED</option>');
});

test('each run opens: its report, what an aborted one recorded, why one cannot be read', async () => {
  const finished = await ask('/runs/2025-11-01T000000Z-peak-hour');
  expect(finished).toMatchObject({ status: 200, body: expect.stringContaining('id="page-data"') });
  const aborted = await ask(
    `/runs/${encodeURIComponent('2025-11-03T000000Z-%3Cscript%3Ealert%28%22x%22%29%3C%2Fscript%3E')}`,
  );
  expect(aborted).toMatchObject({ status: 200, body: expect.stringContaining('■ ABORTED') });
  expect(aborted.body).not.toContain(HOSTILE);
  const broken = await ask('/runs/2025-11-04T000000Z-broken');
  expect(broken).toMatchObject({ status: 422, body: expect.stringContaining('needed JSON') });
});

test('numbers of a failed audit are withheld beside another run', async () => {
  const names = ['2025-11-01T000000Z-peak-hour', '2025-11-02T000000Z-peak-hour'];
  const { body } = await ask(`/compare?run=${names[1]}&run=${names[0]}`);
  expect(body).toContain('two single runs settle nothing');
  expect(body).toContain('withheld');
});

test('no address leads out of the runs folder', async () => {
  const paths = [
    '/runs/../secret.txt',
    '/runs/..%2fsecret.txt',
    '/runs/secret.txt',
    '/runs/latest',
    '/runs/%ff',
    '//',
  ];
  for (const path of [...paths, '/runs/2025-11-01T000000Z-peak-hour/result.json', '/assets/../server.ts']) {
    const { status, body } = await ask(path);
    expect([path, status]).toEqual([path, path === '//' ? 400 : 404]);
    expect(body).not.toBe('secret');
  }
});

test('other methods, other hosts and wrong choices are refused', async () => {
  expect((await ask('/', { method: 'POST' })).status).toBe(405);
  expect((await ask('/', { host: 'evil.example' })).status).toBe(421);
  expect((await ask('/', { host: 'localhost:1' })).status).toBe(200);
  const name = '2025-11-01T000000Z-peak-hour';
  for (const query of ['', `?run=${name}`, `?run=${name}&run=${name}`]) {
    expect((await ask(`/compare${query}`)).status).toBe(400);
  }
  expect((await ask(`/compare?run=${name}&run=../x`)).status).toBe(404);
  expect((await ask('/', { method: 'HEAD' })).body).toBe('');
});

test('a port that is taken is an error that says so', async () => {
  const port = Number(new URL(gallery.url).port);
  await expect(serveGallery({ root, port })).rejects.toThrow(PortError);
});
