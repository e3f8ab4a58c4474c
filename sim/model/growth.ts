// How a shop's membership grows: the Bass curve for histories and live runs, and the founders' decaying batches for live
// runs. Pure formulas; who signs up, and how, is left to others.
import type { Random } from './chance/random.ts';

/**
 * Innovation p and imitation q per week (docs/realism.md "Growth and arrivals"), and the weeks after which the curve is
 * cut.
 */
export type BassCurve = { p: number; q: number; weeks: number };

/** Published: tops in week 26, 92 % by week 52. */
export const BASS: BassCurve = { p: 0.00714, q: 0.0905, weeks: 52 };

/**
 * Share of the market that has signed up after `week` weeks, 0 to 1 (Bass 1969):
 * F(t) = (1 − e^(−(p+q)t)) / (1 + (q/p)·e^(−(p+q)t)), the solution of dN/dt = (p + q·N/M)(M − N).
 */
export function bassShare({ p, q }: Pick<BassCurve, 'p' | 'q'>, week: number): number {
  const decay = Math.exp(-(p + q) * week);
  return (1 - decay) / (1 + (q / p) * decay);
}

/** The week in which the share is reached: the inverse of bassShare, for shares from 0 to below 1. */
export function bassWeek({ p, q }: Pick<BassCurve, 'p' | 'q'>, share: number): number {
  return Math.log((1 + (q / p) * share) / (1 - share)) / (p + q);
}

/**
 * Where sign-up `index` (0 … count−1) lies on a Bass curve that is compressed to the length 1: from 0 to 1, ascending
 * with the index. Each sign-up has its own stratum of the curve and a uniform place in it, so any one can be drawn
 * without the others.
 */
export function bassPlace(curve: BassCurve, index: number, count: number, uniform: number): number {
  const share = ((index + uniform) / count) * bassShare(curve, curve.weeks);
  return bassWeek(curve, share) / curve.weeks;
}

/** Found (docs/shop-rules.md "Signups"): the founders' batches, which shrink while the pauses between them grow. */
export const DECAY = { perHour: 0.6, largestBatch: 10, shortestPauseS: 10, addedPauseS: 110 };

/**
 * The batch due `hours` after the start: d = e^(−0.6·hours); max(1, ⌊10·d⌋) people, then a pause of 10 + 110·(1−d)
 * seconds.
 */
export function decayBatch(hours: number, figures = DECAY): { peopleCount: number; pauseMs: number } {
  const d = Math.exp(-figures.perHour * hours);
  return {
    peopleCount: Math.max(1, Math.floor(figures.largestBatch * d)),
    pauseMs: (figures.shortestPauseS + figures.addedPauseS * (1 - d)) * 1_000,
  };
}

export const GROWTH_MODELS = ['none', 'bass', 'decay'] as const;
export type GrowthModel = (typeof GROWTH_MODELS)[number];

export type GrowthPlan = {
  model: GrowthModel;
  /** The run's length, to which `bass` compresses its curve; `decay` keeps to real hours. */
  durationMs: number;
  /** Sign-ups of a `bass` run; `decay` follows from its own figures. */
  peopleCount: number;
};

/** Offsets in ms from the start, ascending, at which people sign up during a live run. */
export function planSignUps({ model, durationMs, peopleCount }: GrowthPlan, random: Random): number[] {
  switch (model) {
    case 'none':
      return [];
    case 'bass':
      return Array.from(
        { length: peopleCount },
        (_, index) => bassPlace(BASS, index, peopleCount, random.uniform()) * durationMs,
      );
    case 'decay': {
      const offsets: number[] = [];
      for (let atMs = 0; atMs < durationMs; ) {
        const batch = decayBatch(atMs / 3_600_000);
        for (let i = 0; i < batch.peopleCount; i += 1) offsets.push(atMs);
        atMs += batch.pauseMs;
      }
      return offsets;
    }
  }
}
