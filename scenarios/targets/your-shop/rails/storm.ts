// When a run must end for the shop's sake: for some seconds most of what it answers says "no more" or "broken". Whoever is in such
// a storm needs no more shoppers, and the figures are clear by then.

/** Seconds looked back over. */
const WINDOW_SECONDS = 5;
/** Fewer than so many such answers are no storm: a small shop may fail a handful of requests. */
const LEAST_COUNT = 20;
/** From this share of all requests that ended on. */
const LEAST_RATIO = 0.5;

/** What is read of a second of the generator. */
export type StormSecond = {
  counts: Readonly<Record<string, number>>;
  /** By kind: `product 503`. */
  failures: Readonly<Record<string, number>>;
};

const IS_OVERRUN = /\b(429|5\d\d)$/;

/** Takes a second after the other; gives the sentence that ends the run, null while there is no storm. */
export function createStormWatch(): (second: StormSecond) => string | null {
  const seconds: { ended: number; overrun: number }[] = [];
  return ({ counts, failures }) => {
    const overrun = Object.entries(failures).reduce(
      (sum, [kind, count]) => sum + (IS_OVERRUN.test(kind) ? count : 0),
      0,
    );
    seconds.push({ ended: (counts.requestsSucceeded ?? 0) + (counts.requestsFailed ?? 0), overrun });
    if (seconds.length > WINDOW_SECONDS) seconds.shift();
    const sum = (read: (second: (typeof seconds)[number]) => number) =>
      seconds.reduce((total, second) => total + read(second), 0);
    const [ended, storm] = [sum((second) => second.ended), sum((second) => second.overrun)];
    if (storm < LEAST_COUNT || storm < ended * LEAST_RATIO) return null;
    return `the shop answered ${storm} of ${ended} requests of the last ${seconds.length} s with 429 or 5xx, and nobody is sent into such a storm. Next: a lower rate (--sessions-per-second), or see why it breaks`;
  };
}
