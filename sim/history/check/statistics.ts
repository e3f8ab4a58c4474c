// The measures of the check: distances between distributions, tests of fit, shares of the best.
import { gammaln } from 'simple-statistics';

/** Half the sum of the differences of shares: 0 for equal, 1 for disjoint distributions. */
export function totalVariation(found: readonly number[], expected: readonly number[]): number {
  const foundTotal = sum(found);
  const expectedTotal = sum(expected);
  return (
    found.reduce(
      (total, count, i) => total + Math.abs(count / foundTotal - (expected[i] ?? 0) / expectedTotal),
      0,
    ) / 2
  );
}

/** p of Pearson's χ² of counts against expected weights: the chance of a fit at least as bad. */
export function chiSquareP(counts: readonly number[], weights: readonly number[]): number {
  const scale = sum(counts) / sum(weights);
  let chi = 0;
  for (const [i, count] of counts.entries()) {
    const expected = (weights[i] ?? 0) * scale;
    if (expected > 0) chi += (count - expected) ** 2 / expected;
  }
  return 1 - lowerGamma((counts.length - 1) / 2, chi / 2);
}

/** p of the Kolmogorov–Smirnov test of values against a distribution function, by its asymptotic series. */
export function kolmogorovSmirnovP(
  values: readonly number[],
  distribution: (value: number) => number,
): number {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  let distance = 0;
  for (const [i, value] of sorted.entries()) {
    const share = distribution(value);
    distance = Math.max(distance, Math.abs(share - i / n), Math.abs((i + 1) / n - share));
  }
  const lambda = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * distance;
  let p = 0;
  for (let k = 1; k <= 100; k += 1) p += 2 * (-1) ** (k - 1) * Math.exp(-2 * k * k * lambda * lambda);
  return Math.min(1, Math.max(0, p));
}

/** Share of all that the largest `count` values have. */
export function topShare(values: ArrayLike<number>, count: number): number {
  const sorted = Float64Array.from(values).sort().reverse();
  let top = 0;
  for (let i = 0; i < count; i += 1) top += sorted[i] ?? 0;
  return top / sorted.reduce((total, value) => total + value, 0);
}

/**
 * Share of the sum that the best `ratio` of all have, from bins of rising values with their counts and sums; linear
 * inside the bin in which the border lies.
 */
export function topShareOfBins(
  { count, krw }: { count: readonly number[]; krw: readonly number[] },
  ratio: number,
): number {
  let left = sum(count) * ratio;
  let top = 0;
  for (let bin = count.length - 1; bin >= 0 && left > 0; bin -= 1) {
    const people = count[bin] ?? 0;
    const taken = Math.min(people, left);
    if (people > 0) top += ((krw[bin] ?? 0) * taken) / people;
    left -= taken;
  }
  return top / sum(krw);
}

/** The value below which half of the counted things lie; `counts[i]` things have value i. */
export function medianOfCounts(counts: readonly number[]): number {
  const half = sum(counts) / 2;
  let seen = 0;
  return counts.findIndex((count) => {
    seen += count;
    return seen >= half;
  });
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Regularised lower incomplete gamma function P(a, x) (Numerical Recipes 6.2: series, or continued fraction). */
function lowerGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(-x + a * Math.log(x) - gammaln(a));
  if (x < a + 1) {
    let term = 1 / a;
    let total = term;
    for (let n = 1; n < 1_000 && term > total * 1e-14; n += 1) {
      term *= x / (a + n);
      total += term;
    }
    return total * front;
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 1_000; i += 1) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return 1 - front * h;
}
