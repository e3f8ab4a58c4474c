// Gunther's Universal Scalability Law, X(N) = γN / (1 + α(N−1) + βN(N−1)): throughput against load or workers, held
// back by queueing for what is shared (α) and by keeping what is shared alike (β). It describes what was measured and
// a little beyond: a peak further away is not told.
import { solveEquations } from './linear-equations.ts';

/** Three parameters leave nothing to check the fit with at three points. */
const FEWEST_LOADS = 4;
const REACH_OF_PREDICTION = 2;
const LARGEST_STEP_COUNT = 100;
const SMALLEST_STEP = 1e-9;

export interface ScalabilityPoint {
  /** N: people, workers or partitions; at least 1. */
  load: number;
  throughput: number;
}

export interface ScalabilityFit {
  outcome: 'fitted';
  /** Share that must queue, ≥ 0. */
  alpha: number;
  /** Cost of agreement between every two, ≥ 0. */
  beta: number;
  /** Throughput at N = 1. */
  gamma: number;
  rootMeanSquareError: number;
  largestMeasuredLoad: number;
  /** N of the greatest throughput, √((1−α)/β); null when there is none within twice the largest measured N. */
  peakLoad: number | null;
}

export type ScalabilityOutcome = ScalabilityFit | { outcome: 'refused'; footnote: string };

interface Term {
  name: 'alpha' | 'beta' | 'gamma';
  of: (load: number) => number;
}
const CONSTANT: Term = { name: 'gamma', of: () => 1 };
const CONTENTION: Term = { name: 'alpha', of: (load) => load - 1 };
const COHERENCE: Term = { name: 'beta', of: (load) => load * (load - 1) };
const MODELS: Term[][] = [
  [CONSTANT, CONTENTION, COHERENCE],
  [CONSTANT, CONTENTION],
  [CONSTANT, COHERENCE],
  [CONSTANT],
];

/** X = N / Σ θ·term(N), with θ = (1/γ, α/γ, β/γ): the same law, linear below the line. */
const modelled = (terms: Term[], theta: number[], load: number): number =>
  load / terms.reduce((sum, term, i) => sum + (theta[i] ?? 0) * term.of(load), 0);

function squaredError(points: readonly ScalabilityPoint[], terms: Term[], theta: number[]): number {
  let sum = 0;
  for (const { load, throughput } of points) {
    const fitted = modelled(terms, theta, load);
    if (!(fitted > 0)) return Number.POSITIVE_INFINITY;
    sum += (throughput - fitted) ** 2;
  }
  return sum;
}

/** The change of θ that least squares asks for: rows of JᵀJ·δ = Jᵀr, with ∂X/∂θ = −X²/N·term. */
function leastSquaresStep(
  points: readonly ScalabilityPoint[],
  terms: Term[],
  slopeAndResidual: (point: ScalabilityPoint) => { slope: number; residual: number },
): number[] | null {
  const weighted = points.map((point) => ({ point, ...slopeAndResidual(point) }));
  const rows = terms.map((row) => [
    ...terms.map((column) =>
      weighted.reduce(
        (sum, { point, slope }) => sum + slope ** 2 * row.of(point.load) * column.of(point.load),
        0,
      ),
    ),
    weighted.reduce((sum, { point, slope, residual }) => sum + slope * row.of(point.load) * residual, 0),
  ]);
  return solveEquations(rows);
}

interface TermFit {
  theta: number[];
  error: number;
}

/** Goes along the step, halving it until the error falls; null when it falls nowhere. */
function improve(
  points: readonly ScalabilityPoint[],
  terms: Term[],
  at: TermFit,
  step: number[],
): TermFit | null {
  for (let scale = 1; scale > SMALLEST_STEP; scale /= 2) {
    const theta = at.theta.map((value, i) => value + scale * (step[i] ?? 0));
    const error = squaredError(points, terms, theta);
    if (error < at.error) return { theta, error };
  }
  return null;
}

/** Gauss–Newton, started from the linearised fit. */
function fitTerms(points: readonly ScalabilityPoint[], terms: Term[]): TermFit | null {
  const start = leastSquaresStep(points, terms, ({ load, throughput }) => ({
    slope: throughput ** 2 / load,
    residual: throughput,
  }));
  if (start === null) return null;
  let fit: TermFit = { theta: start, error: squaredError(points, terms, start) };
  for (let count = 0; count < LARGEST_STEP_COUNT; count++) {
    const { theta } = fit;
    const step = leastSquaresStep(points, terms, ({ load, throughput }) => {
      const fitted = modelled(terms, theta, load);
      return { slope: -(fitted ** 2) / load, residual: throughput - fitted };
    });
    const better = step === null ? null : improve(points, terms, fit, step);
    if (better === null) break;
    fit = better;
  }
  return Number.isFinite(fit.error) ? fit : null;
}

/** The terms and their θ that fit best among those with no negative parameter. */
function bestFit(points: readonly ScalabilityPoint[]): (TermFit & { terms: Term[] }) | undefined {
  const allowed: (TermFit & { terms: Term[] })[] = [];
  for (const terms of MODELS) {
    const fit = fitTerms(points, terms);
    if (fit?.theta.every((value) => value >= 0) && fit.theta[0] !== 0) allowed.push({ terms, ...fit });
  }
  return allowed.toSorted((a, b) => a.error - b.error)[0];
}

/**
 * Least squares on the throughputs, with α and β held at 0 or above (a parameter that wants to be negative is left out).
 * Refused below four different N or when a point is not N ≥ 1 with a throughput above 0.
 */
export function fitScalabilityLaw(points: readonly ScalabilityPoint[]): ScalabilityOutcome {
  const bad = points.find(({ load, throughput }) => !(load >= 1 && throughput > 0));
  if (bad !== undefined) {
    return {
      outcome: 'refused',
      footnote: `need N ≥ 1 and X > 0; found N = ${bad.load}, X = ${bad.throughput}`,
    };
  }
  const loadCount = new Set(points.map(({ load }) => load)).size;
  if (loadCount < FEWEST_LOADS) {
    return { outcome: 'refused', footnote: `need ≥ ${FEWEST_LOADS} different N, have ${loadCount}` };
  }
  const best = bestFit(points);
  if (best === undefined) return { outcome: 'refused', footnote: 'no α, β ≥ 0 fit these points' };
  const thetaOf = (name: Term['name']): number =>
    best.theta[best.terms.findIndex((term) => term.name === name)] ?? 0;
  const gamma = 1 / thetaOf('gamma');
  const alpha = thetaOf('alpha') * gamma;
  const beta = thetaOf('beta') * gamma;
  const largestMeasuredLoad = Math.max(...points.map(({ load }) => load));
  const peak = alpha >= 1 ? 1 : Math.sqrt((1 - alpha) / beta);
  return {
    outcome: 'fitted',
    alpha,
    beta,
    gamma,
    rootMeanSquareError: Math.sqrt(best.error / points.length),
    largestMeasuredLoad,
    peakLoad: peak <= REACH_OF_PREDICTION * largestMeasuredLoad ? peak : null,
  };
}
