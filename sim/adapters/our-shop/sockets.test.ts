// Sockets against instances of a shop on real ports.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { afterEach, expect, it, vi } from 'vitest';
import { createMachineTimeline } from '../../engine/timing/timeline.ts';
import { HearingWebSocket } from './hearing-web-socket.ts';
import { createSocketOpener } from './sockets.ts';

/** What a message goes through that nobody heard before. */
type Layers = { onData(data: string): void };

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function startInstance() {
  const http = createServer();
  const sockets = new Server(http, { transports: ['websocket'] });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  opened.push(() => sockets.close());
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    count: () => sockets.sockets.sockets.size,
    push: (event: string, told: object) => sockets.emit(event, told),
    /** Ends every connection without a word, and takes none any more. */
    async kill() {
      http.close();
      for (const { conn } of sockets.sockets.sockets.values()) conn.close();
      await vi.waitFor(() => expect(sockets.engine.clientsCount).toBe(0), 10_000);
    },
  };
}

it('of an instance that is gone come back at another', async () => {
  const instances = await Promise.all([startInstance(), startInstance()]);
  const [gone, other] = instances;
  const openSocket = createSocketOpener({
    shopUrls: instances.map(({ url }) => url),
    connectDeadlineMs: 5_000,
    timeline: createMachineTimeline(),
  });
  for (let index = 0; index < 6; index += 1) {
    const socket = openSocket({
      accessToken: () => 'token',
      renewToken: async () => true,
      onConnect: () => undefined,
      onConnectError: () => undefined,
      onLists: () => undefined,
      onCoupon: () => undefined,
      onCounters: () => undefined,
    });
    opened.push(socket.close);
  }
  await vi.waitFor(() => expect(instances.map(({ count }) => count())).toEqual([3, 3]), 5_000);
  await gone.kill();
  await vi.waitFor(() => expect(other.count()).toBe(6), 15_000);
}, 30_000);

it('tell of each coupon that is pushed, and not of other notifications', async () => {
  const instance = await startInstance();
  let couponCount = 0;
  const openSocket = createSocketOpener({
    shopUrls: [instance.url],
    connectDeadlineMs: 5_000,
    timeline: createMachineTimeline(),
  });
  let heardCount = 0;
  const socket = openSocket({
    accessToken: () => 'token',
    renewToken: async () => true,
    onConnect: () => undefined,
    onConnectError: () => undefined,
    onLists(count) {
      heardCount += count;
    },
    onCoupon() {
      couponCount += 1;
    },
    onCounters: () => undefined,
  });
  opened.push(socket.close);
  await vi.waitFor(() => expect(instance.count()).toBe(1), 5_000);
  const contents = [
    { kind: 'coupon-issued', coupon: { id: 'c1' } },
    { kind: 'cart-reminder', productId: 1, productName: 'a', coupon: null },
    { kind: 'cart-reminder', productId: 1, productName: 'a', coupon: { id: 'c2' } },
    { kind: 'stock-low', productId: 1, productName: 'a', stockCount: 0 },
  ];
  for (const [index, content] of contents.entries())
    instance.push('notification', { id: `n${index}`, content, createdAt: '', readAt: null });
  // Heard after all of them.
  instance.push('recommendations:fresh', { lists: [{}], answersActionIds: [], stages: null });
  await vi.waitFor(() => expect(heardCount).toBe(1), 5_000);
  expect(couponCount).toBe(2);
}, 30_000);

it('hear outcomes that come alone, with others, and after messages of any length', async () => {
  const instance = await startInstance();
  const openSocket = createSocketOpener({
    shopUrls: [instance.url],
    connectDeadlineMs: 5_000,
    timeline: createMachineTimeline(),
  });
  let listCount = 0;
  let isConnected = false;
  const socket = openSocket({
    accessToken: () => 'token',
    renewToken: async () => true,
    onConnect() {
      isConnected = true;
    },
    onConnectError: () => undefined,
    onLists(count) {
      listCount += count;
    },
    onCoupon: () => undefined,
    onCounters: () => undefined,
  });
  opened.push(socket.close);
  await vi.waitFor(() => expect(isConnected).toBe(true), 5_000);
  const throughAllLayers = vi.spyOn(HearingWebSocket.prototype as unknown as Layers, 'onData');
  opened.push(() => throughAllLayers.mockRestore());
  const seen: string[] = [];
  const expectOrder = (id: string) => socket.expect(id, ({ orderId }) => void seen.push(orderId));
  const confirm = (orderId: string) => instance.push('order:confirmed', { orderId, state: 'confirmed' });
  expectOrder('alone');
  confirm('alone');
  await vi.waitFor(() => expect(seen).toEqual(['alone']), 5_000);
  expect(throughAllLayers.mock.calls.filter(([data]) => data.includes('alone'))).toEqual([]);
  const many = Array.from({ length: 50 }, (_, index) => `of many ${index}`);
  for (const id of many) expectOrder(id);
  for (const [index, id] of many.entries()) {
    confirm(id);
    if (index % 10 !== 0) continue;
    const lists = [{ kind: 'category', padding: 'x'.repeat(100_000) }];
    instance.push('recommendations:fresh', { lists, answersActionIds: [], stages: null });
  }
  await vi.waitFor(() => expect(seen).toHaveLength(51), 5_000);
  await vi.waitFor(() => expect(listCount).toBe(5), 5_000);
  expectOrder('rejected');
  instance.push('order:rejected', { orderId: 'rejected', state: 'rejected' });
  await vi.waitFor(() => expect(seen.at(-1)).toBe('rejected'), 5_000);
  expect(new Set(seen)).toEqual(new Set(['alone', ...many, 'rejected']));
}, 30_000);
