import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'socket.io-client';
import { beforeAll, expect, test, vi } from 'vitest';
import { createRedis } from '../redis/redis.ts';
import { afterTests, createTestRedis, testLog } from '../testing.ts';
import { createSockets } from './sockets.ts';

const LIMIT = { timeout: 60_000, interval: 10 };
const server = createServer();
const sessions = new Map<string, { customerId: number }>();
let isRedisAway = false;
let url: string;

beforeAll(async () => {
  const { url: redisUrl, keyPrefix } = createTestRedis();
  const connectionTo = () => createRedis({ url: redisUrl, keyPrefix: '', log: testLog });
  const [publisher, subscriber] = [connectionTo(), connectionTo()];
  await subscriber.ping();
  const sockets = createSockets({
    server,
    publisher,
    subscriber,
    keyPrefix,
    sessionCheckEveryMs: 20,
    readVisitor: async ({ headers }) => headers.cookie ?? null,
    addressOf: ({ headers }) => String(headers['x-address']),
    log: testLog,
    async readSession(token) {
      if (isRedisAway) throw new Error('Redis is away');
      const session = sessions.get(token);
      return session ? { ...session, familyId: token } : null;
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  afterTests(async () => {
    sockets.close();
    await new Promise((resolve) => server.close(resolve));
    await Promise.all([publisher.quit(), subscriber.quit()]);
  });
});

test('a socket ends with its session, and comes back by itself with a new token', async () => {
  sessions.set('first', { customerId: 1 });
  sessions.set('other', { customerId: 2 });
  let accessToken = 'first';
  const open = (token: () => string) =>
    connect(url, {
      transports: ['websocket'],
      reconnectionDelay: 20,
      auth: (give) => give({ accessToken: token() }),
    });
  const socket = open(() => accessToken);
  const other = open(() => 'other');
  const reasons: string[] = [];
  socket.on('disconnect', (reason) => reasons.push(reason));
  other.on('disconnect', (reason) => reasons.push(`other: ${reason}`));
  await vi.waitFor(() => expect(socket.connected && other.connected).toBe(true), LIMIT);

  sessions.set('second', { customerId: 1 });
  accessToken = 'second';
  sessions.delete('first');
  await vi.waitFor(() => expect(reasons).toEqual(['transport close']), LIMIT);
  await vi.waitFor(() => expect(socket.connected).toBe(true), LIMIT);

  // While Redis is away nobody is sent away.
  isRedisAway = true;
  sessions.delete('second');
  let checks = 0;
  await vi.waitFor(() => expect(++checks).toBeGreaterThan(20), LIMIT);
  expect(socket.connected).toBe(true);
  isRedisAway = false;
  const refusal = await new Promise<Error>((resolve) => socket.on('connect_error', resolve));
  expect(refusal.message).toBe('not-signed-in');
  expect(other.connected).toBe(true);
  for (const one of [socket, other]) one.close();
});

test('a guest has a socket by their visit, which nobody’s session ends, and has no more than an address may have', async () => {
  const open = (cookie: string | null, address: string) => {
    const extraHeaders = { 'x-address': address, ...(cookie !== null && { cookie }) };
    const socket = connect(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { guest: true },
      extraHeaders,
    });
    guests.push(socket);
    return new Promise<string>((resolve) => {
      socket.on('connect', () => resolve('connected'));
      socket.on('connect_error', ({ message }) => resolve(message));
    });
  };
  const guests: ReturnType<typeof connect>[] = [];
  expect(await open(null, '192.0.2.1')).toBe('no-visit');
  expect(await open('guest', '192.0.2.1')).toBe('connected');
  const others = Array.from({ length: 60 }, (_, index) => open(`guest ${index}`, '192.0.2.1'));
  const answers = Map.groupBy(await Promise.all(others), (answer) => answer);
  expect(answers.get('connected')).toHaveLength(49);
  expect(answers.get('too-many-sockets')).toHaveLength(11);
  const tabs = Array.from({ length: 11 }, (_, index) => open('one', `198.51.100.${index}`));
  expect((await Promise.all(tabs)).toSorted().at(-1)).toBe('too-many-sockets');
  let checks = 0;
  await vi.waitFor(() => expect(++checks).toBeGreaterThan(20), LIMIT);
  expect(guests.filter((guest) => guest.connected)).toHaveLength(60);
  for (const guest of guests) guest.close();
});
