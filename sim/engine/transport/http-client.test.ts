// The client against servers on real ports: Node's own, and some that speak worse.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createPlainServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMachineTimeline, type Timeline } from '../timing/timeline.ts';
import { createVirtualTimeline } from '../timing/virtual-timeline.ts';
import { createHttpClient, type HttpClient, type HttpResult } from './http-client.ts';
import type { HttpRequest } from './request-text.ts';

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

const urlOf = (address: unknown) => `http://127.0.0.1:${(address as AddressInfo).port}`;

async function serve(answer: (request: IncomingMessage, response: ServerResponse, body: string) => void) {
  let connectionCount = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(request, response, Buffer.concat(chunks).toString('utf8')));
  });
  server.on('connection', () => {
    connectionCount += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: urlOf(server.address()), connectionCount: () => connectionCount };
}

/** Speaks bytes. */
async function speak(hear: (socket: Socket, index: number) => void): Promise<string> {
  let count = 0;
  const server = createPlainServer((socket) => {
    socket.on('error', () => undefined);
    opened.push(() => socket.destroy());
    hear(socket, count++);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(() => server.close());
  return urlOf(server.address());
}

function clientOf(shopUrls: readonly string[], over: { connectionCount?: number; timeline?: Timeline } = {}) {
  const client: HttpClient = createHttpClient({
    shopUrls,
    timeline: createMachineTimeline(),
    deadlineMs: 10_000,
    connectionCount: 4,
    ...over,
  });
  opened.push(() => client.close());
  return client;
}

const GET: HttpRequest = { method: 'GET', path: '/products/1', accessToken: null };
const seen = (result: HttpResult) =>
  result.kind === 'answer' ? [result.status, result.json()] : [result.reason];

it('sends what it is told to, and reads the whole answer', async () => {
  const heard: unknown[] = [];
  const { url } = await serve(({ method, url: path, headers }, response, body) => {
    const { accept, authorization, 'content-type': type, 'content-length': length } = headers;
    heard.push({ method, path, accept, authorization, type, length, body });
    response.writeHead(201, { 'content-type': 'application/json', 'x-cache': 'hit' });
    response.end(JSON.stringify({ said: body, long: 'x'.repeat(200_000) }));
  });
  const client = clientOf([url]);
  const order = { name: '김민지' };
  const placed = await client.send({
    method: 'POST',
    path: '/orders?a=1',
    accessToken: 'token',
    body: order,
  });
  expect(seen(placed)).toEqual([201, { said: JSON.stringify(order), long: 'x'.repeat(200_000) }]);
  expect(placed).toMatchObject({ headers: { 'x-cache': 'hit' } });
  if (placed.kind === 'answer') expect(placed.answeredMs).toBeGreaterThanOrEqual(placed.sentMs);
  await client.send({ method: 'POST', path: '/orders/1/cancel', accessToken: null });
  await client.send(GET);
  const json = { accept: 'application/json' };
  expect(heard).toEqual([
    {
      ...json,
      method: 'POST',
      path: '/orders?a=1',
      authorization: 'Bearer token',
      type: 'application/json',
      length: String(Buffer.byteLength(JSON.stringify(order))),
      body: JSON.stringify(order),
    },
    { ...json, method: 'POST', path: '/orders/1/cancel', length: '0', body: '' },
    { ...json, method: 'GET', path: '/products/1', body: '' },
  ]);
});

it('sends nothing that would end a line of the head', async () => {
  const client = clientOf(['http://127.0.0.1:9']);
  for (const over of [{ path: '/a b' }, { path: '/a\r\nx: y' }, { accessToken: 'a\r\nx: y' }])
    await expect(client.send({ ...GET, ...over })).rejects.toThrow('visible ASCII');
});

it('speaks to a secured shop, whose certificate must be good', async ({ skip }) => {
  const folder = mkdtempSync(join(tmpdir(), 'stampede-https-'));
  opened.push(() => rmSync(folder, { recursive: true }));
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost`;
  const files = ['-addext', 'subjectAltName=DNS:localhost', '-keyout', keyFile, '-out', certFile];
  if (spawnSync('openssl', [...words.split(' '), ...files]).status !== 0) skip('openssl is not here');
  const cert = readFileSync(certFile, 'utf8');
  const long = 'x'.repeat(100_000);
  const server = createSecureServer({ key: readFileSync(keyFile), cert }, (_, response) => {
    response.end(JSON.stringify(long));
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  opened.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `https://localhost:${(server.address() as AddressInfo).port}`;
  expect(seen(await clientOf([url]).send(GET))).toEqual(['connection']);
  const known = getCACertificates();
  opened.push(() => setDefaultCACertificates(known));
  setDefaultCACertificates([cert]);
  const client = clientOf([url]);
  for (let index = 0; index < 3; index += 1) expect(seen(await client.send(GET))).toEqual([200, long]);
});

describe('connections', () => {
  it('are kept, and one takes one request after the other', async () => {
    const { url, connectionCount } = await serve((_, response) => response.end('{}'));
    const client = clientOf([url]);
    for (let index = 0; index < 20; index += 1) await client.send(GET);
    expect(connectionCount()).toBe(1);
  });

  it('are as many as are needed at a time and no more than are allowed; the others wait for one', async () => {
    // Answered three at a time, which come to be there only together.
    let held: ServerResponse[] = [];
    const { url, connectionCount } = await serve((_, response) => {
      held.push(response);
      if (held.length < 3) return;
      for (const one of held) one.end('{}');
      held = [];
    });
    const client = clientOf([url], { connectionCount: 3 });
    const results = await Promise.all(Array.from({ length: 60 }, () => client.send(GET)));
    expect(results.map(seen)).toEqual(Array(60).fill([200, {}]));
    expect(connectionCount()).toBe(3);
  });

  it('go to the processes of a shop in turn', async () => {
    const counts = [0, 0];
    const shops = await Promise.all(
      counts.map((_, index) =>
        serve((_request, response) => {
          counts[index] = (counts[index] ?? 0) + 1;
          response.end('{}');
        }),
      ),
    );
    const client = clientOf(shops.map(({ url }) => url));
    for (let index = 0; index < 10; index += 1) await client.send(GET);
    expect(counts).toEqual([5, 5]);
  });

  it('that the shop gives up, before or after a request, are made anew', async () => {
    const { url, connectionCount } = await serve((_, response) =>
      response.writeHead(200, { connection: 'close' }).end('{}'),
    );
    const client = clientOf([url]);
    for (let index = 0; index < 3; index += 1) expect(seen(await client.send(GET))).toEqual([200, {}]);
    expect(connectionCount()).toBe(3);

    const sockets: Socket[] = [];
    const other = clientOf([
      await speak((socket) => {
        sockets.push(socket);
        socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}'));
      }),
    ]);
    expect(seen(await other.send(GET))).toEqual([200, {}]);
    const [first] = sockets;
    const isClosed = new Promise((resolve) => first?.once('close', resolve));
    first?.end();
    await isClosed;
    expect(seen(await other.send(GET))).toEqual([200, {}]);
    expect(sockets).toHaveLength(2);
  });

  it('that the shop would give up soon are not used any more', async () => {
    const { url, connectionCount } = await serve((_, response) =>
      response.writeHead(200, { 'keep-alive': 'timeout=1', 'content-length': 2 }).end('{}'),
    );
    const client = clientOf([url]);
    for (let index = 0; index < 3; index += 1) expect(seen(await client.send(GET))).toEqual([200, {}]);
    expect(connectionCount()).toBe(3);
  });
});

describe('a request without an answer', () => {
  it('ends at its deadline, whether it was sent or waited for a connection, and its connection is not used again', async () => {
    let isSilent = true;
    const heard: string[] = [];
    const { url, connectionCount } = await serve(({ url: path }, response) => {
      heard.push(path ?? '');
      if (!isSilent) response.end('{}');
    });
    // Time stands still until the shop has heard the first of them, however busy the machine is.
    const timeline = createVirtualTimeline();
    const client = clientOf([url], { connectionCount: 1, timeline });
    const sent = [client.send(GET), client.send({ ...GET, path: '/late' })];
    await vi.waitFor(() => expect(heard).toHaveLength(1), 10_000);
    await timeline.runUntil(10_000);
    expect(await Promise.all(sent)).toMatchObject([
      { kind: 'no-answer', reason: 'timeout', sentMs: expect.any(Number) },
      { kind: 'no-answer', reason: 'timeout', sentMs: null },
    ]);
    isSilent = false;
    expect(seen(await client.send(GET))).toEqual([200, {}]);
    expect(heard).toEqual(['/products/1', '/products/1']);
    expect(connectionCount()).toBe(2);
  });

  it('ends when all are cut off, and those sent later are not touched', async () => {
    let isSilent = true;
    const { url } = await serve((_, response) => {
      if (!isSilent) response.end('{}');
      else asked += 1;
    });
    let asked = 0;
    const client = clientOf([url]);
    const result = client.send(GET);
    await vi.waitFor(() => expect(asked).toBe(1), 10_000);
    client.cutOff();
    isSilent = false;
    expect(seen(await result)).toEqual(['unfinished']);
    expect(seen(await client.send(GET))).toEqual([200, {}]);
  });

  it('ends with its connection, with words that are no HTTP, and with the client', async () => {
    const answers = ['', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{}', 'hello\r\n\r\n'];
    const client = clientOf([
      await speak((socket, index) => {
        const answer = answers[index];
        if (answer !== undefined) socket.on('data', () => socket.end(answer));
      }),
    ]);
    for (const _ of answers) expect(seen(await client.send(GET))).toEqual(['connection']);
    const result = client.send(GET);
    client.close();
    expect(seen(await result)).toEqual(['connection']);
  });

  it('never left where nobody listens', async () => {
    const nobody = createPlainServer();
    await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve));
    const url = urlOf(nobody.address());
    await new Promise((resolve) => nobody.close(resolve));
    const client = clientOf([url], { connectionCount: 2 });
    const results = await Promise.all(Array.from({ length: 5 }, () => client.send(GET)));
    expect(results).toEqual(
      Array(5).fill({ kind: 'no-answer', reason: 'connection', sentMs: null, endedMs: expect.any(Number) }),
    );
  });
});
