// One shopper's socket: hears how orders end, by their id, and asks again for those it waits for after every connect; tells
// what the shopper does and hears the lists that come of it, the live counters of its page and alerts.
import { randomUUID } from 'node:crypto';
import { Manager, type Socket } from 'socket.io-client';
import type { BehaviourAnswer, BehaviourReport } from '../../../system/contract/behaviour.ts';
import type { NotificationContent } from '../../../system/contract/notifications.ts';
import type { OrderOutcome } from '../../../system/contract/orders.ts';
import {
  type ClientToServerEvents,
  MAX_RESUME_ORDERS,
  type ServerToClientEvents,
} from '../../../system/contract/sockets.ts';
import { type StarvationCode, starvationOf } from '../../engine/protocol/starvation.ts';
import { inTurn } from '../../engine/timing/in-turn.ts';
import type { Timeline } from '../../engine/timing/timeline.ts';
import { type ActsOfSocket, createActsOfSocket } from './acts-of-socket.ts';
import { createAlertsOfSocket } from './alerts-of-socket.ts';
import {
  type CountersOfSocket,
  changedMsOf,
  createCountersOfSocket,
  heard,
  type OnCounters,
} from './counters-of-socket.ts';
import { HearingWebSocket, type HearMessage } from './hearing-web-socket.ts';
import { outcomeIn } from './outcome-in.ts';

/** Saves a tenth of a connect's cost; the types, made for browsers, know only how to set it, not how to turn it off. */
const NO_COMPRESSION: object = { perMessageDeflate: false };
const RECONNECT_AFTER_MS = 250;
const RECONNECT_AT_MOST_AFTER_MS = 2_000;

export type ShopSocket = {
  /** `seen` is called once, when the outcome of this order comes. Say so before the order is sent. */
  expect(orderId: string, seen: (outcome: OrderOutcome) => void): void;
  forget(orderId: string): void;
  acts: ActsOfSocket;
  counters: Pick<CountersOfSocket, 'show'>;
  /**
   * Tells of at most a batch of actions; the next one follows the answer. Null at once where the socket is not connected and nothing
   * was sent, later where no answer came.
   */
  tell(actions: BehaviourReport[]): Promise<BehaviourAnswer | null> | null;
  close(): void;
};

export type SocketOwner = {
  /** Read at each connect. */
  accessToken: () => string;
  /** Called when the shop turned the token away; the socket connects again when this says true. */
  renewToken: () => Promise<boolean>;
  /** Called for each connect, those after a loss too. */
  onConnect: () => void;
  /** Called for each connect that did not come about; with what this process lacked for it, if that was why. */
  onConnectError: (lacked: StarvationCode | null) => void;
  /** Called for each push of lists, with how many it had. */
  onLists: (count: number) => void;
  /** Called for each push that brings a coupon; one that was not known to be shown may be pushed again at the next connect. */
  onCoupon: () => void;
  /** Called for each message of the live counters. */
  onCounters: OnCounters;
};

/** Coupons come by themselves, and with what reminds of a cart. */
const bringsCoupon = (content: NotificationContent): boolean =>
  'coupon' in content && content.coupon !== null;

type ShopClient = Socket<ServerToClientEvents, ClientToServerEvents>;

function tell(socket: ShopClient, actions: BehaviourReport[], deadlineMs: number) {
  return new Promise<BehaviourAnswer | null>((resolve) => {
    socket
      .timeout(deadlineMs)
      .emit('behaviour:actions', actions, (error: Error | null, answer: BehaviourAnswer) =>
        resolve(error === null ? answer : null),
      );
  });
}

export type OpenSocket = (owner: SocketOwner) => ShopSocket;

/** Where a shop is, in the options of a connection. */
function placeOf(shopUrl: string): { hostname: string; port: string; secure: boolean } {
  const { hostname, port, protocol } = new URL(shopUrl);
  return { hostname, port, secure: protocol === 'https:' };
}

/** Outcomes of orders and live counters; as messages that went through socket.io they are heard all the same. */
function hearFrequent(onOutcome: (outcome: OrderOutcome) => void, onCounters: OnCounters): HearMessage {
  return (message) => {
    const outcome = outcomeIn(message);
    if (outcome !== null) {
      onOutcome(outcome);
      return true;
    }
    const changedMs = changedMsOf(message);
    if (changedMs === undefined) return false;
    onCounters(changedMs);
    return true;
  };
}

/**
 * Sockets over websocket only, one connection each, that come back after a loss with a bounded, jittered delay; several
 * URLs are taken in turn, at each attempt to come back too, as behind a balancer.
 */
export function createSocketOpener(options: {
  shopUrls: readonly string[];
  connectDeadlineMs: number;
  timeline: Timeline;
}): OpenSocket {
  const nextUrl = inTurn(options.shopUrls);
  return (owner) => {
    const expected = new Map<string, (outcome: OrderOutcome) => void>();
    let isClosed = false;
    const hear = (outcome: OrderOutcome) => {
      const seen = expected.get(outcome.orderId);
      expected.delete(outcome.orderId);
      seen?.(outcome);
    };
    const manager = new Manager({
      ...placeOf(nextUrl()),
      transports: [HearingWebSocket],
      transportOptions: { websocket: { hear: hearFrequent(hear, owner.onCounters) } },
      ...NO_COMPRESSION,
      timeout: options.connectDeadlineMs,
      reconnectionDelay: RECONNECT_AFTER_MS,
      reconnectionDelayMax: RECONNECT_AT_MOST_AFTER_MS,
    });
    manager.on('reconnect_attempt', () => Object.assign(manager.opts, placeOf(nextUrl())));
    const socket: ShopClient = manager.socket('/', {
      auth: (give) => give({ accessToken: owner.accessToken() }),
    });
    const acts = createActsOfSocket({
      timeline: options.timeline,
      send: (actions, answer) => void socket.emit('behaviour:actions', actions, answer),
      onLists: owner.onLists,
    });
    const counters = createCountersOfSocket({
      view: (productId) => void socket.emit('counters:view', { productId }),
      watch: (productIds) => void socket.emit('counters:watch', { productIds }),
      isConnected: () => socket.connected,
    });
    socket.on('order:confirmed', hear);
    socket.on('order:rejected', hear);
    socket.on('recommendations:fresh', acts.fresh);
    socket.on('counters:changed', heard(owner.onCounters));
    const alerts = createAlertsOfSocket(randomUUID(), (shown, answered) =>
      socket.emit('notifications:shown', shown, answered),
    );
    socket.on('notification', (notification) => {
      alerts.heard(notification);
      if (bringsCoupon(notification.content)) owner.onCoupon();
    });
    socket.on('disconnect', alerts.disconnected);
    socket.on('disconnect', acts.disconnected);
    socket.on('connect', () => {
      owner.onConnect();
      acts.connected();
      counters.connected();
      const orderIds = [...expected.keys()].slice(0, MAX_RESUME_ORDERS);
      if (orderIds.length === 0) return;
      socket.emit('orders:resume', orderIds, (outcomes) => {
        for (const outcome of outcomes) hear(outcome);
      });
    });
    socket.on('connect_error', (error) => {
      if (isClosed) return;
      owner.onConnectError(starvationOf(error));
      // An inactive socket was refused by the shop itself and does not try again of its own accord.
      if (socket.active) return;
      void owner.renewToken().then((isRenewed) => {
        if (isRenewed && !isClosed) socket.connect();
      });
    });
    return {
      expect: (orderId, seen) => void expected.set(orderId, seen),
      forget: (orderId) => void expected.delete(orderId),
      acts,
      counters,
      tell: (actions) => (socket.connected ? tell(socket, actions, options.connectDeadlineMs) : null),
      close() {
        isClosed = true;
        expected.clear();
        socket.disconnect();
      },
    };
  };
}
