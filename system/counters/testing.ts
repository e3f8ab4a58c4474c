// Live counters of a process without Redis, a database or sockets, for tests. Not used by the shop itself.
import type { CountersChanged } from '../contract/counters.ts';
import { fixedClock } from '../platform/settings/clock-testing.ts';
import { testLog } from '../platform/testing.ts';
import { createLiveCounters } from './live-counters.ts';

/** Whatever is asked for has nobody; what happens is said by `counters.hear`. */
export function createTestCounters() {
  const clock = fixedClock('2026-03-02T11:00:00Z');
  const told = new Map<string, CountersChanged[]>();
  const busy = new Set<string>();
  let encodedCount = 0;
  let instanceCount = 0;
  const noMetrics = {
    told: () => undefined,
    read: () => undefined,
    swept: () => undefined,
    refused: () => undefined,
    failed: () => undefined,
    watchSockets: () => undefined,
  };
  const counters = createLiveCounters({
    people: {
      channel: 'changed',
      keep: async () => true,
      sweep: async () => null,
      end: async () => undefined,
      counts: async (keys) => keys.map(() => 0),
      record: async () => undefined,
      beginReading: async (keys) => keys.map(() => ''),
      store: async () => [],
    },
    readPeople: async () => new Map(),
    leaseMs: 15_000,
    newInstanceId: () => `instance ${++instanceCount}`,
    monotonicMs: clock.monotonicMs,
    metrics: noMetrics,
    log: testLog,
  });
  counters.attach({
    tell(socketIds, _event, ...payload) {
      encodedCount += 1;
      const missed = socketIds.filter((id) => busy.has(id));
      for (const id of socketIds)
        if (!busy.has(id)) told.set(id, [...(told.get(id) ?? []), payload[0] as CountersChanged]);
      return missed;
    },
  });
  return {
    counters,
    clock,
    told,
    /** Sockets that take nothing. */
    busy,
    encodedCount: () => encodedCount,
    /** Beats as the process does, every 50 ms, for so long. */
    async beatFor(durationMs: number) {
      for (let passedMs = 0; passedMs < durationMs; passedMs += 50) {
        await counters.beat();
        clock.advance(50);
      }
    },
  };
}
