// A crowd for the bench of the behaviour log: people who tell what they do at a fixed rate, and one whose actions are looked for.
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { uuidv7 } from 'uuidv7';
import type { BehaviourHistogram, BehaviourPage } from '../../../system/contract/behaviour.ts';
import { signIn } from './sign-in.ts';

const CONNECTIONS = 32;
const ACTIONS_A_REQUEST = 30;
const PROBE_EVERY_MS = 100;
const LOOK_EVERY_MS = 20;

export type Crowd = {
  /** Sends at the rate; gives how many actions were taken in. */
  act(perSecond: number, durationMs: number): Promise<number>;
  /** Sends an action now and then until it is stopped; gives how long each took to be found, in ms. */
  probe(stop: AbortSignal): Promise<number[]>;
  /** Actions that look-ups find since an instant of the shop's time. */
  foundCount(since: Date): Promise<number>;
  get<T>(path: string): Promise<T>;
  close(): Promise<void>;
};

/** Signs in customers 1 (an operator, whose actions are looked for) to `count`. */
export async function openCrowd(options: {
  url: string;
  seed: number;
  count: number;
  monotonicMs: () => number;
}): Promise<Crowd> {
  const { url, seed, count, monotonicMs } = options;
  const pool = new Pool(url, { connections: CONNECTIONS });

  async function ask<T>(
    method: 'GET' | 'POST',
    path: string,
    token: string | null,
    body?: unknown,
  ): Promise<T> {
    const answer = await pool.request({
      method,
      path,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const said = await answer.body.text();
    if (answer.statusCode < 300) return JSON.parse(said) as T;
    throw new Error(`${method} ${path} answered ${answer.statusCode}: ${said.slice(0, 200)}`);
  }
  const tell = (token: string, actions: object[]) =>
    ask<{ acceptedCount: number }>('POST', '/behaviour', token, { actions });

  const operator = await signIn(pool, seed, 1);
  const tokens: string[] = [];
  for (let customerId = 2; customerId <= count; customerId += 1)
    tokens.push(await signIn(pool, seed, customerId));

  return {
    async act(perSecond, durationMs) {
      const startedMs = monotonicMs();
      const underWay = new Set<Promise<void>>();
      let sentCount = 0;
      let acceptedCount = 0;
      let failure: unknown = null;
      for (let nowMs = startedMs; nowMs < startedMs + durationMs; nowMs = monotonicMs()) {
        const dueCount = Math.floor((perSecond * (nowMs - startedMs)) / 1_000 / ACTIONS_A_REQUEST);
        for (; sentCount < dueCount; sentCount += 1) {
          const actions = Array.from({ length: ACTIONS_A_REQUEST }, (_, index) =>
            actionOf(sentCount + index),
          );
          const sending = tell(tokens[sentCount % tokens.length] ?? operator, actions)
            .then((answer) => {
              acceptedCount += answer.acceptedCount;
            })
            .catch((error: unknown) => {
              failure = error;
            })
            .finally(() => underWay.delete(sending));
          underWay.add(sending);
        }
        if (failure !== null) throw failure;
        await delay(5);
      }
      await Promise.all(underWay);
      return acceptedCount;
    },
    async probe(stop) {
      const sentMs = new Map<string, number>();
      const tookMs: number[] = [];
      let lastSentMs = Number.NEGATIVE_INFINITY;
      while (!stop.aborted || sentMs.size > 0) {
        if (!stop.aborted && monotonicMs() - lastSentMs >= PROBE_EVERY_MS) {
          lastSentMs = monotonicMs();
          const action = actionOf(tookMs.length);
          sentMs.set(action.id, lastSentMs);
          await tell(operator, [action]);
        }
        const { items } = await ask<BehaviourPage>(
          'GET',
          '/operator/behaviour/actions?customerId=1&pageSize=100',
          operator,
        );
        for (const { id } of items) {
          const at = sentMs.get(id);
          if (at !== undefined) tookMs.push(monotonicMs() - at);
          sentMs.delete(id);
        }
        await delay(LOOK_EVERY_MS);
      }
      return tookMs;
    },
    async foundCount(since) {
      const query = new URLSearchParams({ from: since.toISOString() });
      const { buckets } = await ask<BehaviourHistogram>(
        'GET',
        `/operator/behaviour/histogram?${query}`,
        operator,
      );
      return buckets.reduce((sum, bucket) => sum + bucket.count, 0);
    },
    get: (path) => ask('GET', path, null),
    close: () => pool.close(),
  };
}

const actionOf = (index: number) => ({
  id: uuidv7(),
  action: index % 3 === 0 ? 'click' : 'hover',
  target: { type: 'product', id: 1 + (index % 1_000) },
});
