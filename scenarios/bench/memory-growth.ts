// Reads a leak out of memory samples: what is held late in a run beside what was held once it was warm.

/** Samples from these parts of the run are compared: the second fifth, warm by then, and the last. */
const EARLY = { from: 0.2, to: 0.4 };
const LATE = { from: 0.8, to: 1 };

export type Reading = (samples: readonly number[]) => number;

/**
 * Late minus early in MB (10⁶ bytes); `reading` makes one figure of a window's samples (median for resident memory, the
 * smallest for a heap that is collected now and then). NaN with fewer than ten samples.
 */
export function growthMb(bytes: readonly number[], reading: Reading): number {
  if (bytes.length < 10) return Number.NaN;
  const windowOf = ({ from, to }: typeof EARLY) =>
    bytes.slice(Math.floor(from * bytes.length), Math.floor(to * bytes.length));
  return (reading(windowOf(LATE)) - reading(windowOf(EARLY))) / 1e6;
}
