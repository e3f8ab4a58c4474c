import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { calmRequestQueues, type RequestQueue, requestQueuePrototype } from './kafka-request-queue.ts';

beforeEach(() => {
  vi.useFakeTimers();
  calmRequestQueues();
});
afterEach(() => {
  vi.useRealTimers();
});

type FullQueue = RequestQueue & {
  push(request: { entry: object; expectResponse: boolean; sendRequest: () => void }): void;
};

/** A queue as each connection of kafkajs has one. */
function createQueue(): FullQueue {
  const Queue = requestQueuePrototype().constructor as new (options: object) => FullQueue;
  const logger = { debug: () => undefined };
  return new Queue({ maxInFlightRequests: null, requestTimeout: 1_000, logger });
}

test('a connection with nothing to send sets no timer', () => {
  createQueue().checkPendingRequests();
  expect(vi.getTimerCount()).toBe(0);
});

test('a request that the broker keeps waiting is sent when it may be, and no timer stays', () => {
  const queue = createQueue();
  const sendRequest = vi.fn();
  queue.throttledUntil = Date.now() + 50;
  queue.push({ entry: { correlationId: 1, resolve: () => undefined }, expectResponse: false, sendRequest });
  vi.advanceTimersByTime(49);
  expect(sendRequest).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(sendRequest).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});
