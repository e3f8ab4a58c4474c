// Where two curves of waits over the offered rate cross, and up to which rate either side keeps up: from points that were measured
// at the same rates. Nothing is interpolated: what is said of a rate was seen at it.
import { median } from 'simple-statistics';

export type CurvePoint = {
  offeredPerSecond: number;
  /** The wait; null where there is none to speak of. */
  p50: { ms: number; isAtLeast: boolean } | null;
  /** Share of what was offered that was done in the span. */
  keptUpRatio: number;
  refusedPerSecond: number;
};

export type Crossing = {
  /**
   * `crosses`: the candidate is slower at first, and faster from some rate on for good; `crosses-back`: the other way round.
   * `always-slower`, `always-faster`, `alike`: at every rate at which it could be told. `unclear`: none of these, or nothing to tell from.
   */
  outcome: 'crosses' | 'crosses-back' | 'always-slower' | 'always-faster' | 'alike' | 'unclear';
  /** The highest rate of the first stretch in which the candidate is slower; null without one. */
  slowerUpTo: number | null;
  /** By how much it is slower there in ms: the median over those rates of which both waits are known. */
  costMs: number | null;
  /** The lowest rate from which on the candidate is faster for good; null without one. */
  fasterFrom: number | null;
  /** The highest rate up to which a side keeps up at every rate; null where it does not even at the lowest. */
  baselineHoldsTo: number | null;
  candidateHoldsTo: number | null;
  mostOffered: number;
};

/** A side keeps up with a rate when it refuses next to nothing and does this share of it in the span. */
const KEPT_UP_RATIO = 0.97;
const MOST_REFUSED_RATIO = 0.005;

type Sign = 'slower' | 'faster' | 'alike' | 'unknown';

/**
 * Compares two sides at the rates that both have, lowest first.
 * @param marginRatio differences of the waits up to this are none
 * @throws Error when they have no rate in common
 */
export function crossingOf(
  baseline: readonly CurvePoint[],
  candidate: readonly CurvePoint[],
  marginRatio: number,
): Crossing {
  const pairs = baseline
    .flatMap((before) => {
      const after = candidate.find(({ offeredPerSecond }) => offeredPerSecond === before.offeredPerSecond);
      return after === undefined ? [] : [{ rate: before.offeredPerSecond, before, after }];
    })
    .sort((a, b) => a.rate - b.rate);
  const last = pairs.at(-1);
  if (last === undefined)
    throw new Error('Two curves without a rate in common cannot be compared; needed one.');
  const told = pairs
    .map((pair) => ({ ...pair, sign: signOf(pair.before, pair.after, marginRatio) }))
    .filter(({ sign }) => sign !== 'unknown');
  const differing = told.filter(({ sign }) => sign !== 'alike');
  const outcome = outcomeOf(
    differing.map(({ sign }) => sign),
    told.length,
  );
  const firstOther = differing.findIndex(({ sign }) => sign !== 'slower');
  const slower = firstOther === -1 ? differing : differing.slice(0, firstOther);
  const costs = slower.flatMap(({ before, after }) =>
    before.p50 && after.p50 && !after.p50.isAtLeast ? [after.p50.ms - before.p50.ms] : [],
  );
  const lastSlower = differing.findLastIndex(({ sign }) => sign !== 'faster');
  return {
    outcome,
    slowerUpTo: slower.at(-1)?.rate ?? null,
    costMs: costs.length === 0 ? null : median(costs),
    fasterFrom: differing[lastSlower + 1]?.rate ?? null,
    baselineHoldsTo: holdsTo(pairs.map(({ before }) => before)),
    candidateHoldsTo: holdsTo(pairs.map(({ after }) => after)),
    mostOffered: last.rate,
  };
}

/** A wait that was cut off is a lower bound: it tells only of a side that is above the other one's. */
function signOf({ p50: before }: CurvePoint, { p50: after }: CurvePoint, marginRatio: number): Sign {
  if (before === null || after === null) return 'unknown';
  const ratio = after.ms / before.ms;
  if (ratio > 1 + marginRatio) return before.isAtLeast ? 'unknown' : 'slower';
  if (ratio < 1 / (1 + marginRatio)) return after.isAtLeast ? 'unknown' : 'faster';
  return before.isAtLeast || after.isAtLeast ? 'unknown' : 'alike';
}

function outcomeOf(signs: readonly Sign[], toldCount: number): Crossing['outcome'] {
  const changes = signs.filter((sign, index) => index > 0 && sign !== signs[index - 1]).length;
  const [first] = signs;
  if (first === undefined) return toldCount > 0 ? 'alike' : 'unclear';
  if (changes === 0) return first === 'slower' ? 'always-slower' : 'always-faster';
  if (changes > 1) return 'unclear';
  return first === 'slower' ? 'crosses' : 'crosses-back';
}

/** @param rising points of one side, lowest rate first */
function holdsTo(rising: readonly CurvePoint[]): number | null {
  const holds = ({ offeredPerSecond, keptUpRatio, refusedPerSecond }: CurvePoint) =>
    keptUpRatio >= KEPT_UP_RATIO && refusedPerSecond <= MOST_REFUSED_RATIO * offeredPerSecond;
  const firstFailed = rising.findIndex((point) => !holds(point));
  return (firstFailed === -1 ? rising.at(-1) : rising[firstFailed - 1])?.offeredPerSecond ?? null;
}
