import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { Manager } from 'socket.io-client';
import { Encoder, PacketType } from 'socket.io-parser';
import { afterEach, expect, it, vi } from 'vitest';
import { HearingWebSocket } from './hearing-web-socket.ts';
import { outcomeIn } from './outcome-in.ts';

const closings: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

/** As a message of engine.io. */
const encoded = (event: string, ...payload: unknown[]): string =>
  `4${new Encoder().encode({ type: PacketType.EVENT, nsp: '/', data: [event, ...payload] })[0]}`;

const outcome = { orderId: 'a', state: 'confirmed', rejectionReason: null, totalKrw: 5, stages: null };

it('reads the outcome of an order from a message, and of no other message anything', () => {
  for (const event of ['order:confirmed', 'order:rejected'])
    expect(outcomeIn(encoded(event, outcome))).toEqual(outcome);
  expect(outcomeIn(encoded('order:eaten', outcome))).toBeNull();
  expect(outcomeIn(encoded('counters:changed', outcome))).toBeNull();
  expect(outcomeIn(encoded('order:confirmed', outcome, outcome))).toBeNull();
  expect(outcomeIn('42["order:confirmed",{"orderId"')).toBeNull();
  expect(outcomeIn('2')).toBeNull();
});

it('is given on by the websocket as it came, and every other message by socket.io', async () => {
  const http = createServer();
  const sockets = new Server(http, { transports: ['websocket'] });
  closings.push(() => sockets.close());
  sockets.on('connection', (socket) => {
    socket.emit('order:confirmed', outcome);
    socket.emit('notification', { id: 1 });
    socket.emit('order:rejected', outcome);
    socket.emit('bytes', Buffer.from('x'));
    socket.emit('end');
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const heard: string[] = [];
  const hear = (message: string) => {
    if (outcomeIn(message) === null) return false;
    heard.push(message);
    return true;
  };
  const { port } = http.address() as AddressInfo;
  const manager = new Manager(`http://127.0.0.1:${port}`, {
    transports: [HearingWebSocket],
    transportOptions: { websocket: { hear } },
  });
  const socket = manager.socket('/');
  closings.push(() => socket.disconnect());
  const seen: unknown[] = [];
  socket.onAny((event: string, ...payload: unknown[]) => seen.push([event, ...payload]));
  await vi.waitFor(() => expect(seen.at(-1)).toEqual(['end']), 10_000);
  expect(seen).toEqual([['notification', { id: 1 }], ['bytes', Buffer.from('x')], ['end']]);
  expect(heard).toEqual([encoded('order:confirmed', outcome), encoded('order:rejected', outcome)]);
});
