// Places and renewal on virtual time, with sockets that connect when the test says so.
import { describe, expect, it } from 'vitest';
import { createVirtualTimeline } from '../../engine/timing/virtual-timeline.ts';
import type { ShopSocket, SocketOwner } from './sockets.ts';
import { createStandingSockets } from './standing-sockets.ts';

const noActs: ShopSocket['acts'] = {
  act: () => undefined,
  forget: () => undefined,
  newestMs: () => null,
  isUpToDate: () => true,
  newestList: () => null,
};

type Opened = { owner: SocketOwner; socket: ShopSocket; expected: string[]; isClosed: boolean };

function crowd(personIds: readonly number[], { connects = (): boolean => true } = {}) {
  const timeline = createVirtualTimeline();
  const opened: Opened[] = [];
  const renewed: number[] = [];
  let connectedCount = 0;
  const sockets = createStandingSockets({
    personIds,
    timeline,
    openSocket(owner) {
      const expected: string[] = [];
      const one: Opened = {
        owner,
        expected,
        isClosed: false,
        socket: {
          expect: (orderId) => void expected.push(orderId),
          acts: noActs,
          counters: { show: () => undefined },
          tell: () => null,
          forget: (orderId) => void expected.splice(expected.indexOf(orderId), 1),
          close() {
            one.isClosed = true;
          },
        },
      };
      opened.push(one);
      if (connects()) queueMicrotask(() => owner.onConnect());
      return one.socket;
    },
    ownerOf: (personId) => ({
      accessToken: () => 'token',
      async renewToken() {
        renewed.push(personId);
        return true;
      },
      onConnect() {
        connectedCount += 1;
      },
      onConnectError: () => undefined,
      onLists: () => undefined,
      onCoupon: () => undefined,
      onCounters: () => undefined,
    }),
    tokenLifeMs: () => 1_000,
    connectDeadlineMs: 100,
  });
  return { timeline, opened, renewed, sockets, connectedCount: () => connectedCount };
}

describe('the sockets of a standing crowd', () => {
  it('are all connected when it is gathered, and a visit only borrows one', async () => {
    const { opened, sockets, connectedCount } = crowd([7, 8]);
    const told: [string, number, number][] = [];
    await sockets.gather((...words) => void told.push(words));
    expect(connectedCount()).toBe(2);
    expect(told).toEqual([['sockets connected', 2, 2]]);
    const borrowed = sockets.borrow(8);
    borrowed?.expect('order-1', () => undefined);
    expect(opened.map(({ expected }) => expected)).toEqual([[], ['order-1']]);
    borrowed?.close();
    sockets.borrow(8)?.close();
    expect(opened.map(({ isClosed }) => isClosed)).toEqual([false, false]);
    expect(sockets.borrow(9)).toBeNull();
    sockets.close();
    expect(opened.map(({ isClosed }) => isClosed)).toEqual([true, true]);
  });

  it('are not half a crowd: who does not connect is named', async () => {
    const { timeline, opened, sockets } = crowd([7], { connects: () => false });
    const gathering = sockets.gather(() => undefined);
    const said = expect(gathering).rejects.toThrow('the socket of person 7 was not connected within 0.1 s');
    await timeline.runUntil(100);
    await said;
    expect(opened[0]?.isClosed).toBe(true);
  });

  it('get a fresh token before the old one runs out, and change places only between orders', async () => {
    const { timeline, opened, renewed, sockets } = crowd([7, 8]);
    await sockets.gather(() => undefined);
    const borrowed = sockets.borrow(7);
    await timeline.runUntil(799);
    expect(renewed).toEqual([]);
    await timeline.runUntil(801);
    expect(renewed.toSorted()).toEqual([7, 8]);
    expect(opened).toHaveLength(4);
    // 8 was free; the order of 7 still comes to its old socket.
    expect(opened.map(({ isClosed }) => isClosed)).toEqual([false, true, false, false]);
    borrowed?.expect('order-1', () => undefined);
    expect(opened[0]?.expected).toEqual(['order-1']);
    borrowed?.close();
    expect(opened[0]?.isClosed).toBe(true);
    sockets.borrow(7)?.expect('order-2', () => undefined);
    expect(opened.map(({ expected }) => expected)).toEqual([['order-1'], [], ['order-2'], []]);
    await timeline.runUntil(1_700);
    expect(renewed).toHaveLength(4);
    sockets.close();
    await timeline.runUntil(10_000);
    expect(renewed).toHaveLength(4);
    expect(opened.every(({ isClosed }) => isClosed)).toBe(true);
  });

  it('of which one could not be renewed keep their place', async () => {
    let isAway = false;
    const { timeline, opened, sockets } = crowd([7], { connects: () => !isAway });
    await sockets.gather(() => undefined);
    isAway = true;
    await timeline.runUntil(1_000);
    expect(opened.map(({ isClosed }) => isClosed)).toEqual([false, true]);
    sockets.borrow(7)?.expect('order-1', () => undefined);
    expect(opened[0]?.expected).toEqual(['order-1']);
    sockets.close();
  });
});
