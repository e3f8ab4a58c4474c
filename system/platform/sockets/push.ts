// How any process reaches the sockets of a shopper: the rooms are shared through Redis, so that the process that decides
// something need not be the one that holds the socket.
import { Emitter } from '@socket.io/redis-emitter';
import type { Redis } from 'ioredis';
import type { ServerToClientEvents } from '../../contract/sockets.ts';
import { channelPrefix, familyRoomOf, roomOf } from './rooms.ts';

/** Sends an event to all sockets of a customer, in whichever process they are. Never throws. */
export type PushToCustomer = <Event extends keyof ServerToClientEvents>(
  customerId: number,
  event: Event,
  ...payload: Parameters<ServerToClientEvents[Event]>
) => void;

/**
 * Makes the push. `redis` must have no key prefix; pushes made in one turn of the event loop leave as one write
 * (auto-pipelining). `onFailure` hears of each push that Redis did not take.
 */
export function createPush(deps: {
  redis: Redis;
  keyPrefix: string;
  onFailure: (error: Error) => void;
}): PushToCustomer {
  const emitter = createEmitter(deps);
  return (customerId, event, ...payload) => {
    emitter.to(roomOf(customerId)).emit(event, ...payload);
  };
}

/**
 * Makes a function that disconnects the sockets of an ended session, in whichever process they are; their clients do not
 * come back by themselves. `redis` as in createPush.
 */
export function createSocketsEnd(deps: {
  redis: Redis;
  keyPrefix: string;
  onFailure: (error: Error) => void;
}): (familyId: string) => void {
  const emitter = createEmitter(deps);
  return (familyId) => emitter.in(familyRoomOf(familyId)).disconnectSockets(true);
}

function createEmitter(deps: { redis: Redis; keyPrefix: string; onFailure: (error: Error) => void }) {
  const publisher = {
    publish: (channel: string, message: Buffer) => {
      deps.redis.publish(channel, message).catch(deps.onFailure);
    },
  };
  return new Emitter<ServerToClientEvents>(publisher, { key: channelPrefix(deps.keyPrefix) });
}
