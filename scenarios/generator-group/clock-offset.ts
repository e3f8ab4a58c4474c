// How far another machine's clock is from ours, by pings through the topics: the one that was back soonest knows best.

export type Pong = {
  /** Our clock when the ping was sent and when its answer was here, and theirs when they answered; Unix ms. */
  sentAtMs: number;
  atMs: number;
  heardAtMs: number;
};

export type ClockOffset = {
  /** Theirs less ours. */
  offsetMs: number;
  /** It may be wrong by this much. */
  withinMs: number;
};

/** @throws Error when nothing came back */
export function clockOffset(pongs: readonly Pong[]): ClockOffset {
  const [soonest] = pongs.toSorted((a, b) => a.heardAtMs - a.sentAtMs - (b.heardAtMs - b.sentAtMs));
  if (soonest === undefined) throw new Error('A clock was to be compared without a single answer.');
  const { sentAtMs, atMs, heardAtMs } = soonest;
  return {
    offsetMs: Math.round(atMs - (sentAtMs + heardAtMs) / 2),
    withinMs: Math.ceil((heardAtMs - sentAtMs) / 2),
  };
}
