// When a run must end: for some seconds most of what the shop answers says "no more" or "broken", and nobody needs more shoppers in
// such a storm; or it says "who are you", and nothing else will come of that token.

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

/** `told` finishes the sentence that begins with how many of how many requests were answered like that. */
type Storm = { answers: RegExp; told: string };

const REFUSED: Storm = {
  answers: /\b40[13]$/,
  told: 'with 401 or 403, and nobody gets further like that. Next: see whether the token, key or accounts of its file are still good',
};
const OVERRUN: Storm = {
  answers: /\b(429|5\d\d)$/,
  told: 'with 429 or 5xx, and nobody is sent into such a storm. Next: a lower rate (--sessions-per-second), or see why it breaks',
};

/**
 * Takes a second after the other; gives the sentence that ends the run, null while there is no storm.
 * @param isOverrunSought whether a rate is searched for, of which some are too high
 */
export function createStormWatch(isOverrunSought: boolean): (second: StormSecond) => string | null {
  const storms = isOverrunSought ? [REFUSED] : [REFUSED, OVERRUN];
  const seconds: StormSecond[] = [];
  const sum = (read: (second: StormSecond) => number): number =>
    seconds.reduce((total, second) => total + read(second), 0);
  return (second) => {
    seconds.push(second);
    if (seconds.length > WINDOW_SECONDS) seconds.shift();
    const endedCount = sum(({ counts }) => (counts.requestsSucceeded ?? 0) + (counts.requestsFailed ?? 0));
    for (const { answers, told } of storms) {
      const count = sum(({ failures }) => countOfKinds(failures, answers));
      if (count >= LEAST_COUNT && count >= endedCount * LEAST_RATIO)
        return `the shop answered ${count} of ${endedCount} requests of the last ${seconds.length} s ${told}`;
    }
    return null;
  };
}

function countOfKinds(failures: StormSecond['failures'], kinds: RegExp): number {
  return Object.entries(failures).reduce((sum, [kind, count]) => sum + (kinds.test(kind) ? count : 0), 0);
}
