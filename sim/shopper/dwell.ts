// How long a shopper stays on a page before the next step.
import type { Random } from '../model/chance/random.ts';
import type { Dwell } from './behaviour.ts';

/** A dwell in whole ms, Weibull with the mean and shape given, cut off at `longestMs`. */
export function drawDwellMs(dwell: Dwell, longestMs: number, random: Random): number {
  return Math.round(Math.min(longestMs, random.weibull(dwell.shape, weibullScale(dwell))));
}

/** Scale of a Weibull distribution with this mean: mean / Γ(1 + 1/shape). */
export function weibullScale(dwell: Dwell): number {
  return dwell.meanMs / gammaFunction(1 + 1 / dwell.shape);
}

/** Γ(x) for x ≥ 1 by Lanczos' approximation (g = 7, nine terms), accurate to about 1e-13. */
export function gammaFunction(x: number): number {
  const terms = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  const shifted = x - 1;
  const sum = terms.reduce((total, term, index) => total + term / (shifted + index + 1), 0.9999999999998099);
  const t = shifted + 7.5;
  return Math.sqrt(2 * Math.PI) * t ** (shifted + 0.5) * Math.exp(-t) * sum;
}
