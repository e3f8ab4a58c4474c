// Servers of a stub shop that each work one request after the other, for the same time each, so that how much they carry is
// known exactly: their number over the service time. Pure: the time comes in as an argument.

export type ServerSettings = {
  serverCount: number;
  serviceMs: number;
  /** A request that would wait longer than this is refused; null: it waits as long as it takes. */
  refuseAfterMs: number | null;
};

/** What the servers carry, a second. */
export function capacityPerSecond({ serverCount, serviceMs }: ServerSettings): number {
  return (serverCount * 1_000) / serviceMs;
}

/**
 * How long a request that arrives at `nowMs` (never earlier than the one before) is with the shop in ms, first come first
 * served; null when it is refused. Ends are computed, not timed, so that a late timer takes nothing from the capacity.
 */
export function createServers(settings: ServerSettings): (nowMs: number) => number | null {
  const { serverCount, serviceMs, refuseAfterMs } = settings;
  const freeAtMs = Array.from({ length: serverCount }, () => Number.NEGATIVE_INFINITY);
  return (nowMs) => {
    const earliestMs = Math.min(...freeAtMs);
    const waitMs = Math.max(0, earliestMs - nowMs);
    if (refuseAfterMs !== null && waitMs > refuseAfterMs) return null;
    freeAtMs[freeAtMs.indexOf(earliestMs)] = nowMs + waitMs + serviceMs;
    return waitMs + serviceMs;
  };
}
