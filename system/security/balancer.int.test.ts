// deploy/nginx under the real nginx, before two API processes: who a client is, what gets through, over which protocol, and that
// limits are each client's own. Clients are addresses of the loopback network.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { type ClientHttp2Session, connect as connectHttp2, type OutgoingHttpHeaders } from 'node:http2';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io as connectSocket, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SessionView } from '../contract/customers.ts';
import { FREE_FOR_A_PAIR } from '../customers/password-attempts.ts';
import { type ShopProcess, startShopProcess } from '../faults/shop-process.ts';
import { until } from '../faults/until.ts';
import { createTestDatabase, createTestRedis } from '../platform/testing.ts';

const CONF = new URL('../../deploy/nginx/nginx.conf', import.meta.url);
const HTTPS_CONF = new URL('../../deploy/nginx/tls/https.conf.example', import.meta.url);
const PASSWORD = 'correct horse battery';
const nginx = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx'].find((path) => existsSync(path));

test('nginx is there where everything must be tested', () => {
  const next = 'Next: apt-get install nginx-light.';
  if (process.env.CI === 'true') expect(nginx, `There is no nginx; CI needs one. ${next}`).toBeDefined();
  else if (nginx === undefined) console.warn(`There is no nginx, so the balancer is not tested. ${next}`);
});

describe.runIf(nginx !== undefined)('behind nginx', () => {
  const redis = createTestRedis();
  const folder = mkdtempSync(join(tmpdir(), 'stampede-nginx-'));
  const processes: ShopProcess[] = [];
  let balancer: ChildProcess;
  let url: string;
  let secureUrl: string;
  let environment: Record<string, string>;
  /** Of the process that a test kills. */
  let killedPort: string;

  beforeAll(async () => {
    const { url: databaseUrl } = await createTestDatabase();
    environment = {
      DATABASE_URL: databaseUrl,
      REDIS_URL: redis.url,
      REDIS_KEY_PREFIX: redis.keyPrefix,
      SHOP_ROLES: 'api',
      ORDERS_TRANSPORT: 'direct',
      TRUSTED_PROXIES: '127.0.0.1',
      RATE_LIMIT_PER_SECOND: '20',
    };
    processes.push(...(await Promise.all([1, 2].map(() => startShopProcess(environment)))));
    killedPort = new URL(String(processes.at(-1)?.url)).port;
    const [port, securePort] = [await freePort(), await freePort()];
    url = `http://127.0.0.1:${port}`;
    secureUrl = `https://127.0.0.1:${securePort}`;
    const file = join(folder, 'nginx.conf');
    // Its workers are another account's.
    chmodSync(folder, 0o755);
    writeFileSync(file, configuration(port));
    addCertificate(securePort);
    execFileSync(String(nginx), ['-t', '-p', folder, '-c', file], { stdio: 'pipe' });
    balancer = spawn(String(nginx), ['-p', folder, '-c', file, '-g', 'daemon off;'], { stdio: 'inherit' });
    await until('nginx', () =>
      fetch(`${url}/categories`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
  });
  afterAll(async () => {
    if (balancer) {
      const ended = new Promise((resolve) => balancer.once('exit', resolve));
      balancer.kill('SIGQUIT');
      await ended;
    }
    for (const one of processes) await one.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The file as it is, with this machine's addresses in place of the containers'. */
  function configuration(port: number): string {
    const servers = processes.map((one) => `server ${new URL(one.url).host} max_fails=2 fail_timeout=2s;`);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${folder}/${name};`,
    );
    const replaced = [
      [/pid [^;]*;/, `pid ${folder}/nginx.pid;`],
      [/include servers\.conf;/, servers.join('\n')],
      [/listen 8000;/, `listen 127.0.0.1:${port};`],
      [/http \{/, `http { ${temporary.join(' ')}`],
    ] as const;
    return replaced.reduce(
      (text, [from, to]) => {
        expect(text).toMatch(from);
        return text.replace(from, to);
      },
      readFileSync(CONF, 'utf8'),
    );
  }

  /** What an operator does for HTTPS: a certificate, its key, and the example as it is but for the port. */
  function addCertificate(port: number): void {
    mkdirSync(join(folder, 'tls'));
    const example = readFileSync(HTTPS_CONF, 'utf8');
    expect(example).toContain('listen 8443 ');
    writeFileSync(
      join(folder, 'tls/https.conf'),
      example.replace('listen 8443 ', `listen 127.0.0.1:${port} `),
    );
    const files = ['-keyout', join(folder, 'tls/tls.key'), '-out', join(folder, 'tls/tls.crt')];
    const newKey = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
    const names = ['-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync('openssl', ['req', '-x509', ...newKey, ...names, ...files], { stdio: 'pipe' });
  }

  type Answer = { status: number; headers: IncomingHttpHeaders; json: { code?: string } };

  /** Asks from an address of the loopback network. */
  function ask(
    from: string,
    method: string,
    path: string,
    options: { json?: unknown; headers?: Record<string, string>; to?: string } = {},
  ): Promise<Answer> {
    const body = options.json === undefined ? '' : JSON.stringify(options.json);
    const type =
      body === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const asked = httpRequest(
        `${options.to ?? url}${path}`,
        { method, localAddress: from, headers: { ...type, ...options.headers }, agent: false },
        (answer) => {
          let text = '';
          answer.on('data', (chunk) => {
            text += chunk;
          });
          answer.on('end', () => {
            const isJson = answer.headers['content-type']?.includes('json') === true;
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              json: isJson ? JSON.parse(text) : {},
            });
          });
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });
  }

  let count = 0;
  async function newcomer(from = '127.0.1.1') {
    count += 1;
    const email = `behind-nginx-${count}@example.kr`;
    const person = {
      name: 'Kim',
      nickname: 'kim',
      gender: null,
      birthYear: null,
      region: 'Seoul',
      marketingConsent: false,
    };
    const answer = await ask(from, 'POST', '/customers', { json: { ...person, email, password: PASSWORD } });
    expect(answer.status).toBe(201);
    return { email, session: answer.json as SessionView };
  }
  const signIn = (from: string, email: string, password: string, options: Parameters<typeof ask>[3] = {}) =>
    ask(from, 'POST', '/sessions', { json: { email, password }, ...options });

  /** How many wrong passwords each pair of account and client has; the waits of those with so many are made an hour long. */
  async function wrongOfPairs(): Promise<number[]> {
    const keys = await redis.redis.keys(`${redis.keyPrefix}sign-in:pair:*`);
    const counts: number[] = [];
    for (const key of keys.map((one) => one.slice(redis.keyPrefix.length))) {
      counts.push(Number(await redis.redis.hget(key, 'count')));
      await redis.redis.hset(key, 'until', Date.now() + 3_600_000);
    }
    await Promise.all(keys.map((key) => redis.redis.expire(key.slice(redis.keyPrefix.length), 3_600)));
    return counts;
  }
  const lies = (index: number) => ({ 'x-forwarded-for': `8.8.8.${index}`, forwarded: `for=8.8.8.${index}` });

  test('one client’s wrong passwords slow that client down in every process, and nobody else', async () => {
    const { email } = await newcomer();
    // Each time with another story of where it comes from.
    for (let index = 0; index < FREE_FOR_A_PAIR; index += 1) {
      const answer = await signIn('127.0.0.2', email, `wrong horse ${index}`, { headers: lies(index) });
      expect(answer.status).toBe(401);
    }
    expect(await wrongOfPairs()).toEqual([FREE_FOR_A_PAIR]);
    for (const index of [1, 2, 3, 4]) {
      const refused = await signIn('127.0.0.2', email, PASSWORD, { headers: lies(index) });
      expect([refused.status, refused.json.code]).toEqual([429, 'too-many-attempts']);
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    }
    expect((await signIn('127.0.0.3', email, PASSWORD)).status).toBe(201);
    await redis.redis.del(
      ...(await redis.redis.keys(`${redis.keyPrefix}sign-in:pair:*`)).map((key) =>
        key.slice(redis.keyPrefix.length),
      ),
    );
  });

  test('who is not the balancer cannot say that it is somebody else', async () => {
    const { email } = await newcomer();
    const to = String(processes[0]?.url);
    for (let index = 0; index < FREE_FOR_A_PAIR; index += 1) {
      const answer = await signIn('127.0.0.4', email, `wrong horse ${index}`, { to, headers: lies(index) });
      expect(answer.status).toBe(401);
    }
    expect(await wrongOfPairs()).toEqual([FREE_FOR_A_PAIR]);
    expect((await signIn('127.0.0.4', email, PASSWORD, { to, headers: lies(99) })).status).toBe(429);
  });

  test('a client beyond its requests a second is refused by both processes together, beside one that is not', async () => {
    const burst = Promise.all(Array.from({ length: 120 }, () => ask('127.0.0.5', 'GET', '/categories')));
    const other = await ask('127.0.0.6', 'GET', '/categories');
    const answers = await burst;
    expect(other.status).toBe(200);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.json.code).toBe('too-many-requests');
    // A count lives for a second.
    const counted = async () => {
      await ask('127.0.0.6', 'GET', '/categories');
      return redis.redis.keys(`${redis.keyPrefix}requests:127.0.0.*`);
    };
    await expect.poll(counted).not.toEqual([]);
  });

  test('who sends passwords by the hundred is stopped before the shop, beside somebody who is not', async () => {
    const sent = Promise.all(
      Array.from({ length: 120 }, (_, index) => signIn('127.0.0.9', `nobody-${index}@example.kr`, PASSWORD)),
    );
    const { email } = await newcomer('127.0.1.3');
    expect((await signIn('127.0.1.3', email, PASSWORD)).status).toBe(201);
    const refused = (await sent).filter(({ json }) => json.code === 'too-many-requests');
    // 40 at once and 10 a second pass; for all the others to pass it would have to take eight seconds.
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers['content-type']).toContain('application/problem+json');
  });

  test('sockets are upgraded and hear their shop', async () => {
    const { session } = await newcomer('127.0.1.2');
    const socket: Socket = connectSocket(url, {
      transports: ['websocket'],
      auth: { accessToken: session.accessToken },
    });
    await until('a socket', () => socket.connected);
    const resumed = await socket.timeout(60_000).emitWithAck('orders:resume', []);
    socket.close();
    expect(resumed).toEqual([]);
  });

  test('with a certificate clients speak HTTP/2, and upgrade their sockets on a connection beside it', async () => {
    const { email, session } = await newcomer('127.0.1.4');
    const ca = readFileSync(join(folder, 'tls/tls.crt'));
    const over = connectHttp2(secureUrl, { ca });
    try {
      const ofRequests = ['/categories', '/products'].map((path) => overHttp2(over, { ':path': path }));
      const statuses = (await Promise.all(ofRequests)).map(({ status }) => status);
      expect(statuses).toEqual([200, 200]);
      expect(over.alpnProtocol).toBe('h2');
      const signedIn = await overHttp2(
        over,
        { ':path': '/sessions', ':method': 'POST', 'content-type': 'application/json' },
        { email, password: PASSWORD },
      );
      expect(signedIn.status).toBe(201);
    } finally {
      over.close();
    }
    const auth = { accessToken: session.accessToken };
    const socket: Socket = connectSocket(secureUrl, { transports: ['websocket'], auth, ca: ca.toString() });
    await until('a socket over TLS', () => socket.connected);
    const resumed = await socket.timeout(60_000).emitWithAck('orders:resume', []);
    socket.close();
    expect(resumed).toEqual([]);
  });

  test('a body is as large as the shop takes it, and nginx answers a larger one in the shop’s words', async () => {
    const post = (bytes: number) =>
      ask('127.0.0.7', 'POST', '/sessions', { json: { email: 'x'.repeat(bytes) } });
    expect((await post(60_000)).status).toBe(400);
    for (const bytes of [65_536, 70_000, 200_000])
      expect(await post(bytes), String(bytes)).toMatchObject({
        status: 413,
        json: { code: 'body-too-large', status: 413 },
      });
  });

  test('whose instance is killed comes back on the other one, and requests go on', async () => {
    // Tried a second time, it finds the one that it killed gone.
    if (processes.length < 2) processes.push(await startShopProcess({ ...environment, PORT: killedPort }));
    const { session } = await newcomer('127.0.1.5');
    // Least connections: each instance has some of them.
    const sockets = Array.from({ length: 6 }, () =>
      connectSocket(url, {
        transports: ['websocket'],
        forceNew: true,
        reconnectionDelay: 50,
        auth: { accessToken: session.accessToken },
      }),
    );
    const lost = new Set<Socket>();
    for (const socket of sockets) socket.on('disconnect', () => lost.add(socket));
    try {
      await until('all sockets', () => sockets.every(({ connected }) => connected));
      await processes.pop()?.kill();
      await until('sockets that lost their instance', () => lost.size > 0);
      await until('all sockets again', () => sockets.every(({ connected }) => connected));
      expect(lost.size).toBeLessThan(sockets.length);
      for (const socket of lost)
        expect(await socket.timeout(60_000).emitWithAck('orders:resume', [])).toEqual([]);
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => ask(`127.0.2.${index + 1}`, 'GET', '/categories')),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    } finally {
      for (const socket of sockets) socket.close();
    }
  });

  test('the operator’s routes are nobody’s', async () => {
    for (const path of ['/metrics', '/health/live', '/health/anything'])
      expect((await ask('127.0.0.8', 'GET', path)).status, path).toBe(404);
    expect((await ask('127.0.0.8', 'GET', '/health/ready')).status).toBe(403);
  });
});

/** One request as a stream of the connection; its body as JSON, where there is one. */
function overHttp2(
  connection: ClientHttp2Session,
  headers: OutgoingHttpHeaders,
  json?: unknown,
): Promise<{ status: number }> {
  return new Promise((resolve, reject) => {
    const stream = connection.request(headers);
    let status = 0;
    stream.on('response', (answer) => {
      status = Number(answer[':status']);
    });
    stream.on('error', reject);
    stream.on('end', () => resolve({ status }));
    stream.resume();
    stream.end(json === undefined ? undefined : JSON.stringify(json));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
