// How long a shopper stays on a page before the next step.
import { gammaln } from 'simple-statistics';
import type { Random } from '../../model/chance/random.ts';
import type { Dwell } from './behaviour.ts';

/** A dwell in whole ms, Weibull with the mean and shape given, cut off at `longestMs`. */
export function drawDwellMs(dwell: Dwell, longestMs: number, random: Random): number {
  return Math.round(Math.min(longestMs, random.weibull(dwell.shape, weibullScale(dwell))));
}

/** Scale of a Weibull distribution with this mean: mean / Γ(1 + 1/shape). */
export function weibullScale(dwell: Dwell): number {
  return dwell.meanMs / Math.exp(gammaln(1 + 1 / dwell.shape));
}
