// This process as Redis knows it: an instance with a lease, which is renewed in good time, and with the people who are at it; and the
// taking away of what others had said whose lease has ended.
import type { CounterMetrics } from './metrics.ts';
import type { PeopleInRedis } from './people-in-redis.ts';
import type { Presence } from './presence.ts';

export type Instance = {
  /** Tells who came and went, and renews the lease when it is time. */
  keep(): Promise<void>;
  /** After a failure: what Redis knows is not sure, so this instance ends, and another tells of everybody. */
  beginAnew(): void;
  /** Takes away what ended instances left, when it is time. */
  sweep(): Promise<void>;
  end(): Promise<void>;
};

export function createInstance(deps: {
  people: Pick<PeopleInRedis, 'keep' | 'sweep' | 'end'>;
  presence: Pick<Presence, 'take' | 'forget'>;
  /** For how long Redis believes an instance that says nothing, in ms. */
  leaseMs: number;
  newInstanceId: () => string;
  monotonicMs: () => number;
  metrics: Pick<CounterMetrics, 'swept'>;
}): Instance {
  const { people, presence, leaseMs, monotonicMs, metrics } = deps;
  const renewEveryMs = leaseMs / 3;
  let id = deps.newInstanceId();
  let isNew = true;
  let formerIds: string[] = [];
  let keepAtMs = Number.NEGATIVE_INFINITY;
  let sweepAtMs = Number.NEGATIVE_INFINITY;

  function beginAnew(): void {
    if (!isNew) formerIds = [...formerIds, id];
    id = deps.newInstanceId();
    isNew = true;
    keepAtMs = Number.NEGATIVE_INFINITY;
    presence.forget();
  }
  async function keep(): Promise<void> {
    const nowMs = monotonicMs();
    const changes = presence.take();
    if (changes === null && nowMs < keepAtMs) return;
    if (!(await people.keep({ id, leaseMs, isNew }, changes))) {
      // Its lease ended while it lived, or Redis has forgotten everything.
      beginAnew();
      return keep();
    }
    isNew = false;
    keepAtMs = nowMs + renewEveryMs;
    for (const former of formerIds) await people.end(former);
    if (formerIds.length > 0) sweepAtMs = Number.NEGATIVE_INFINITY;
    formerIds = [];
  }
  async function sweepAll(): Promise<void> {
    for (;;) {
      const count = await people.sweep(monotonicMs());
      if (count === null) return;
      metrics.swept(count);
    }
  }
  return {
    keep,
    beginAnew,
    async sweep() {
      const nowMs = monotonicMs();
      if (nowMs < sweepAtMs) return;
      sweepAtMs = nowMs + renewEveryMs;
      await sweepAll();
    },
    async end() {
      await people.end(id);
      await sweepAll();
    },
  };
}
