import { expect, test } from 'vitest';
import { solveEquations } from './linear-equations.ts';
import { fitScalabilityLaw, type ScalabilityFit, type ScalabilityPoint } from './scalability-law.ts';

// Published data and parameters (α .0277285, β .0001044, γ 89.995), fitted again with scipy 1.17.1.
const LOADS = [1, 18, 36, 72, 108, 144, 216];
const THROUGHPUTS = [64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775.0, 1702.2];
const MEASURED = LOADS.map((load, i) => ({ load, throughput: THROUGHPUTS[i]! }));

function fitted(points: ScalabilityPoint[]): ScalabilityFit {
  const fit = fitScalabilityLaw(points);
  if (fit.outcome === 'refused') throw new Error(fit.footnote);
  return fit;
}

test('the fit is the published one and that of scipy', () => {
  const fit = fitted(MEASURED);
  expect(fit.alpha).toBeCloseTo(0.0277285, 6);
  expect(fit.beta).toBeCloseTo(0.0001044, 6);
  expect(fit.gamma).toBeCloseTo(89.995, 2);
  // scipy.optimize.curve_fit: β = 1.04365487e-4, γ = 89.9951902, Σr² = 27453.7196; peak √((1−α)/β) = 96.5196
  expect(fit.beta).toBeCloseTo(1.04365487e-4, 9);
  expect(fit.rootMeanSquareError ** 2 * 7).toBeCloseTo(27453.7196, 2);
  expect(fit.peakLoad).toBeCloseTo(96.5196, 2);
});

test('a law without noise is found again', () => {
  const points = [1, 2, 4, 8, 16, 32].map((load) => ({
    load,
    throughput: (50 * load) / (1 + 0.05 * (load - 1) + 0.002 * load * (load - 1)),
  }));
  const fit = fitted(points);
  expect(fit.alpha).toBeCloseTo(0.05, 8);
  expect(fit.beta).toBeCloseTo(0.002, 9);
  expect(fit.gamma).toBeCloseTo(50, 7);
});

test('throughput that rises faster than the load gets no negative parameter, and no peak', () => {
  const fit = fitted([1, 2, 4, 8].map((load) => ({ load, throughput: 10 * load ** 1.1 })));
  expect(fit).toMatchObject({ alpha: 0, beta: 0, peakLoad: null });
});

test('a peak past twice the largest measured load is not told', () => {
  const points = [1, 2, 3, 4].map((load) => ({
    load,
    throughput: (10 * load) / (1 + 1e-4 * load * (load - 1)),
  }));
  expect(fitted(points).peakLoad).toBeNull();
});

test('too few loads and impossible points are refused', () => {
  expect(fitScalabilityLaw([...MEASURED.slice(0, 3), MEASURED[0]!])).toEqual({
    outcome: 'refused',
    footnote: 'need ≥ 4 different N, have 3',
  });
  expect(fitScalabilityLaw([...MEASURED, { load: 300, throughput: 0 }])).toEqual({
    outcome: 'refused',
    footnote: 'need N ≥ 1 and X > 0; found N = 300, X = 0',
  });
});

test('equations are solved with row exchange, and unsettled ones are not', () => {
  // x = 1, y = −2, z = 3
  const rows = [
    [0, 2, 1, -1],
    [1, 1, 1, 2],
    [2, -1, 3, 13],
  ];
  expect(solveEquations(rows)!.map((value) => Number(value.toFixed(12)))).toEqual([1, -2, 3]);
  expect(
    solveEquations([
      [1, 2, 3],
      [2, 4, 6],
    ]),
  ).toBeNull();
});
