// What sockets say of their pages: limited for each person, checked, and taken as said of the socket it came by. Who somebody is
// comes from the session or the visit of the socket, and how many there are is counted, never told: so no number can be forged.
import { Compile } from 'typebox/compile';
import type { ClientLimit } from '../behaviour/client-limit.ts';
import {
  type CountersAnswer,
  CountersView,
  CountersWatch,
  MAX_WATCHED_COUPONS,
  MAX_WATCHED_PRODUCTS,
} from '../contract/counters.ts';
import type { ConnectedSocket, SocketFollower } from '../platform/features/feature.ts';
import { keysOf, productKey } from './keys.ts';
import type { CounterMetrics } from './metrics.ts';

const watchShape = Compile(CountersWatch);
const viewShape = Compile(CountersView);

export type Pages = {
  connected(socket: ConnectedSocket): void;
  disconnected(socket: ConnectedSocket): void;
  watch(socket: ConnectedSocket, keys: readonly string[]): void;
  /** @param key the counter of those who view it too; null where nothing is viewed. */
  view(socket: ConnectedSocket, key: string | null): void;
};

export function followPages(deps: {
  pages: Pages;
  limit: ClientLimit;
  metrics: Pick<CounterMetrics, 'refused'>;
}): SocketFollower {
  const { pages, limit, metrics } = deps;

  function refuse(
    code: 'invalid-request' | 'too-many-requests',
    detail: string,
    retryAfterMs: number | null,
  ): CountersAnswer {
    metrics.refused(code);
    return { kind: 'refused', code, detail, retryAfterMs };
  }
  /** Paid before anything is looked at, so that nonsense in masses is limited like everything else. */
  function limited({ personId }: ConnectedSocket): CountersAnswer | null {
    const waitMs = limit.take(personId, 1);
    return waitMs === 0
      ? null
      : refuse('too-many-requests', `Too many pages of one person; wait ${waitMs} ms.`, waitMs);
  }
  return {
    connected: pages.connected,
    disconnected: pages.disconnected,
    events: {
      'counters:watch'(socket, payload) {
        const refusal = limited(socket);
        if (refusal !== null) return refusal;
        if (!watchShape.Check(payload))
          return refuse(
            'invalid-request',
            `needed are productIds (at most ${MAX_WATCHED_PRODUCTS}), couponDefinitionIds (at most ${MAX_WATCHED_COUPONS}), each once, and shop`,
            null,
          );
        pages.watch(socket, keysOf(payload));
        return { kind: 'accepted' };
      },
      'counters:view'(socket, payload) {
        const refusal = limited(socket);
        if (refusal !== null) return refusal;
        if (!viewShape.Check(payload))
          return refuse('invalid-request', 'needed is productId, a product or null', null);
        const { productId } = payload;
        pages.view(socket, productId === null ? null : productKey('viewing', productId));
        return { kind: 'accepted' };
      },
    },
  };
}
