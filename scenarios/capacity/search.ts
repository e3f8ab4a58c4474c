// The search for the highest rate that keeps the limits, as a pure function of what was probed so far: short probes close
// in on the limit, then long ones confirm both ends of what they left. It neither runs anything nor remembers anything, so
// a search that was cut off goes on from its outcomes.

import { formatNumber } from '../../reports/format/format.ts';

export type ProbeKind = 'bracket' | 'confirm';

/** `kept`: every limit kept; `broken`: the shop's doing; `invalid`: the generator's own fault, which says nothing of it. */
export type ProbeVerdict = 'kept' | 'broken' | 'invalid';

export type Probe = { kind: ProbeKind; perSecond: number };
export type ProbeOutcome = Probe & {
  verdict: ProbeVerdict;
  /** No plan has this rate, now or later: there are too few people for it. */
  cannotBePlanned?: boolean;
};

export type SearchSettings = {
  startPerSecond: number;
  /** Below this the search gives up: no rate keeps the limits. */
  leastPerSecond: number;
  /** From one rate to the next until a probe fails; above 1. */
  growthFactor: number;
  /** How far the first rate that failed may lie above the confirmed one: 0.05 is 5 %. */
  toleranceRatio: number;
  maxProbes: number;
};

/**
 * `found`: confirmed, and the next rate up fails in a long probe too (`isClosed`), or the probes ran out before that was
 * known. `at-least`: confirmed, but above it the generator was the limit. `none`: no rate was confirmed.
 */
export type SearchAnswer = {
  outcome: 'found' | 'at-least' | 'none';
  sustainedPerSecond: number | null;
  /** The lowest rate above it at which the limits broke, or the generator was at its end; null when none was met. */
  firstFailedPerSecond: number | null;
  /** Whether both ends were seen in long probes and lie within the tolerance. */
  isClosed: boolean;
  reason: string;
};

export type SearchStep = { kind: 'probe'; probe: Probe } | { kind: 'answer'; answer: SearchAnswer };

/** Kept for the long probes: one for each end and one for a surprise. */
const RESERVED_FOR_CONFIRMING = 3;
/** Rates are rounded to three digits, which may widen a bracket by this much. */
const ROUNDING_RATIO = 0.005;

/**
 * The highest rate that held and the lowest above it that did not; `isWall`: there the generator gave up, not the shop, or
 * (`isUnplannable`) no plan has it.
 */
type Bracket = { low: number | null; high: number | null; isWall: boolean; isUnplannable: boolean };

/**
 * What to do next. A probe is never the whole evidence: the confirmed rate has held in a long probe of its own, and so has
 * the failure above it failed in one; a failed confirmation lowers the top. An invalid probe is taken once more; when it
 * is invalid again, that rate is the generator's limit and counts for nothing against the shop.
 */
export function nextStep(settings: SearchSettings, history: readonly ProbeOutcome[]): SearchStep {
  const short = bracketOf(history, 'bracket');
  const long = bracketOf(history, 'confirm');
  if (history.length >= settings.maxProbes) return answer(outOfProbes(settings, short, long));
  const retry = invalidOnce(history);
  if (retry !== null) return { kind: 'probe', probe: retry };
  const isConfirming = long.low !== null || long.high !== null;
  const hasRoom = settings.maxProbes - history.length > RESERVED_FOR_CONFIRMING;
  if (!isConfirming && !isNarrow(short, settings) && (hasRoom || short.low === null)) {
    const rate = nextShortRate(settings, short);
    if (rate === null) return answer(nothingHolds(settings, short));
    return { kind: 'probe', probe: { kind: 'bracket', perSecond: rate } };
  }
  if (isNarrow(long, settings) || (long.low !== null && isWallAbove(short, long)))
    return answer(closed(settings, short, long));
  const rate = nextLongRate(settings, short, long, history);
  if (rate === null) return answer(nothingHolds(settings, long));
  // Rounding leaves no rate between the two ends that was not probed.
  if (rate === long.low || rate === long.high) return answer(closed(settings, short, long));
  return { kind: 'probe', probe: { kind: 'confirm', perSecond: rate } };
}

function answer(found: SearchAnswer): SearchStep {
  return { kind: 'answer', answer: found };
}

/** Three significant digits: a rate that can be said. */
export function roundRate(perSecond: number): number {
  return Number(perSecond.toPrecision(3));
}

function bracketOf(history: readonly ProbeOutcome[], kind: ProbeKind): Bracket {
  const own = history.filter((outcome) => outcome.kind === kind);
  const rates = (verdict: ProbeVerdict) =>
    own.filter((outcome) => outcome.verdict === verdict).map(({ perSecond }) => perSecond);
  const invalid = rates('invalid');
  const unplannable = own.filter(({ cannotBePlanned }) => cannotBePlanned).map(({ perSecond }) => perSecond);
  const walls = [...invalid.filter((rate, index) => invalid.indexOf(rate) !== index), ...unplannable];
  const broken = Math.min(...rates('broken'));
  const high = Math.min(broken, ...walls);
  const held = rates('kept').filter((rate) => rate < high);
  return {
    low: held.length === 0 ? null : Math.max(...held),
    high: Number.isFinite(high) ? high : null,
    isWall: high < broken,
    isUnplannable: unplannable.includes(high),
  };
}

/** The probe that was invalid just now, for the first time at its rate; another try may do better, unless no plan has it. */
function invalidOnce(history: readonly ProbeOutcome[]): Probe | null {
  const last = history.at(-1);
  if (last?.verdict !== 'invalid' || last.cannotBePlanned) return null;
  const same = history.filter(({ kind, perSecond }) => kind === last.kind && perSecond === last.perSecond);
  return same.length === 1 ? { kind: last.kind, perSecond: last.perSecond } : null;
}

function isNarrow({ low, high }: Bracket, { toleranceRatio }: SearchSettings): boolean {
  return low !== null && high !== null && high / low <= (1 + toleranceRatio) * (1 + ROUNDING_RATIO);
}

/** A confirmed rate with nothing but the generator's limit, already met twice, right above it. */
function isWallAbove(short: Bracket, long: Bracket): boolean {
  return long.high === null && short.isWall && long.low === short.low;
}

/** Growing until a probe fails, shrinking until one holds, then halving on the logarithmic scale; null: give up. */
function nextShortRate(settings: SearchSettings, { low, high }: Bracket): number | null {
  if (low === null && high === null) return roundRate(settings.startPerSecond);
  if (high === null) return roundRate((low ?? 0) * settings.growthFactor);
  if (low === null) return shrunk(high, settings.growthFactor, settings.leastPerSecond);
  return roundRate(Math.sqrt(low * high));
}

/** Never below the least rate worth asking about, and null once that has failed. */
function shrunk(high: number, factor: number, leastPerSecond: number): number | null {
  if (high <= leastPerSecond) return null;
  return roundRate(Math.max(leastPerSecond, high / factor));
}

/** From where the short probes ended, up or down in growing steps until the long ones disagree, then halving. */
function nextLongRate(
  { toleranceRatio, leastPerSecond }: SearchSettings,
  short: Bracket,
  long: Bracket,
  history: readonly ProbeOutcome[],
): number | null {
  const stepCount = history.filter(({ kind, verdict }) => kind === 'confirm' && verdict !== 'invalid').length;
  const step = (1 + toleranceRatio) ** (2 ** Math.max(0, stepCount - 1));
  if (long.low === null && long.high === null) return short.low ?? roundRate(leastPerSecond);
  if (long.low === null) return shrunk(long.high ?? 0, step, leastPerSecond);
  if (long.high !== null) return roundRate(Math.sqrt(long.low * long.high));
  return short.high !== null && short.high > long.low ? short.high : roundRate(long.low * step);
}

function closed(settings: SearchSettings, short: Bracket, long: Bracket): SearchAnswer {
  const isWall = long.high === null ? short.isWall : long.isWall;
  const firstFailedPerSecond = long.high ?? short.high;
  const common = { sustainedPerSecond: long.low, firstFailedPerSecond };
  if (isWall) {
    const { isUnplannable } = long.high === null ? short : long;
    const reason = isUnplannable
      ? `no plan has ${rateOf(firstFailedPerSecond)}/s here`
      : `at ${rateOf(firstFailedPerSecond)}/s the generator was the limit`;
    return { ...common, outcome: 'at-least', isClosed: false, reason };
  }
  const reason = `confirmed at ${rateOf(long.low)}/s, failed at ${rateOf(firstFailedPerSecond)}/s in an equally long probe`;
  return { ...common, outcome: 'found', isClosed: isNarrow(long, settings), reason };
}

/** 2,140; a search says nothing of a rate that there is not. */
const rateOf = (perSecond: number | null): string => (perSecond === null ? '–' : formatNumber(perSecond));

function outOfProbes(settings: SearchSettings, short: Bracket, long: Bracket): SearchAnswer {
  // A rate that a long probe kept is no limit, whatever a short one said of it before.
  const shortHigh = short.high !== null && short.high > (long.low ?? 0) ? short.high : null;
  const firstFailedPerSecond = long.high ?? shortHigh;
  const spent = `${settings.maxProbes} probes were not enough`;
  if (long.low !== null && isNarrow(long, settings)) return closed(settings, short, long);
  if (long.low !== null) {
    const isWall = long.high === null ? short.isWall : long.isWall;
    return {
      outcome: isWall ? 'at-least' : 'found',
      sustainedPerSecond: long.low,
      firstFailedPerSecond,
      isClosed: false,
      reason: `confirmed at ${rateOf(long.low)}/s; ${spent} to close in on the limit`,
    };
  }
  const hint = short.low === null ? '' : `; the highest rate that held in a short probe was ${short.low}/s`;
  return {
    outcome: 'none',
    sustainedPerSecond: null,
    firstFailedPerSecond,
    isClosed: false,
    reason: `${spent} to confirm a rate${hint}`,
  };
}

function nothingHolds(
  { leastPerSecond }: SearchSettings,
  { high, isWall, isUnplannable }: Bracket,
): SearchAnswer {
  const reason = isUnplannable
    ? `no plan has even ${high}/s, the least that was asked for`
    : isWall
      ? `at ${high}/s, the least that was asked for, the generator itself was the limit`
      : `even ${leastPerSecond}/s, the least that was asked for, broke a limit`;
  return { outcome: 'none', sustainedPerSecond: null, firstFailedPerSecond: high, isClosed: false, reason };
}
