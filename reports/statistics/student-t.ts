// Student's t distribution, for whole and fractional degrees of freedom. Written here because the libraries that
// have it are untyped or bring two hundred packages; tested against scipy.
import { gammaln } from 'simple-statistics';

const SMALLEST = 1e-300;
const FRACTION_STEPS = 500;
const FRACTION_TOLERANCE = 1e-15;
/** Halvings of an interval: enough to reach the last bit of a double. */
const BISECTION_STEPS = 200;

const awayFromZero = (value: number): number => (Math.abs(value) < SMALLEST ? SMALLEST : value);

/** The continued fraction of the incomplete beta function (NIST DLMF 8.17.22), by the modified Lentz method. */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= FRACTION_STEPS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    fraction *= c * d;
    if (Math.abs(c * d - 1) < FRACTION_TOLERANCE) return fraction;
  }
  return fraction;
}

/** I_x(a, b), given 1 − x as well so that neither end loses digits. */
function regularizedBeta(x: number, oneMinusX: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (oneMinusX <= 0) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - regularizedBeta(oneMinusX, x, b, a);
  const logFront =
    gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log(oneMinusX) - Math.log(a);
  return Math.exp(logFront) * betaFraction(x, a, b);
}

/** P(T > t) for t ≥ 0: half of I_x(df/2, 1/2) at x = df / (df + t²). */
function upperTail(t: number, degreesOfFreedom: number): number {
  const square = t * t;
  const whole = degreesOfFreedom + square;
  return regularizedBeta(degreesOfFreedom / whole, square / whole, degreesOfFreedom / 2, 0.5) / 2;
}

/** The t below which the given share (0–1, both excluded) of the distribution lies. */
export function studentQuantile(probability: number, degreesOfFreedom: number): number {
  if (!(probability > 0 && probability < 1) || !(degreesOfFreedom > 0)) {
    throw new RangeError(
      `Student quantile: probability ${probability} must lie between 0 and 1, degrees of freedom ${degreesOfFreedom} above 0`,
    );
  }
  if (probability < 0.5) return -studentQuantile(1 - probability, degreesOfFreedom);
  const tail = 1 - probability;
  let high = 1;
  while (upperTail(high, degreesOfFreedom) > tail) high *= 2;
  let low = 0;
  for (let step = 0; step < BISECTION_STEPS && high - low > 1e-14 * high; step++) {
    const middle = (low + high) / 2;
    if (upperTail(middle, degreesOfFreedom) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
