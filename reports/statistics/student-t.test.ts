import { expect, test } from 'vitest';
import { noncentralTail } from './noncentral-t.ts';
import { studentQuantile } from './student-t.ts';

// scipy 1.17.1: stats.t.ppf(p, df)
test.each([
  [0.975, 1, 12.706204736174694],
  [0.975, 2, 4.302652729749462],
  [0.975, 4, 2.7764451051977934],
  [0.975, 7, 2.364624251592784],
  [0.975, 11, 2.200985160091639],
  [0.975, 6.37, 2.412869029761572],
  [0.95, 11, 1.7958848187040433],
  [0.995, 3, 5.840909309733355],
  [0.975, 1000, 1.9623390808264083],
])('the quantile at %d with %d degrees of freedom is that of scipy', (probability, df, expected) => {
  expect(studentQuantile(probability, df)).toBeCloseTo(expected, 10);
  expect(studentQuantile(1 - probability, df)).toBeCloseTo(-expected, 9);
});

// scipy 1.17.1: stats.t.cdf(t, df), turned round
test.each([
  [-2.2, 11, 0.02504305549090214],
  [0.5, 3, 0.6742760175759245],
  [1, 1, 0.75],
  [0, 5, 0.5],
  [40, 2, 0.9996877926639076],
])('%d with %d degrees of freedom is the quantile of scipy’s share below it', (t, df, share) => {
  expect(studentQuantile(share, df)).toBeCloseTo(t, 8);
});

test('a probability of 0 or 1 and no degrees of freedom are refused', () => {
  expect(() => studentQuantile(1, 5)).toThrow(/probability 1/);
  expect(() => studentQuantile(0.9, 0)).toThrow(/degrees of freedom 0/);
});

test('the noncentral tail is that of scipy, and without a shift that of Student', () => {
  // 1 − stats.nct.cdf(2.200985, 11, 3.3) = 1 − 0.14879545886926135
  expect(noncentralTail(2.200985, 11, 3.3)).toBeCloseTo(1 - 0.14879545886926135, 6);
  expect(noncentralTail(2.200985160091639, 11, 0)).toBeCloseTo(0.025, 6);
  expect(noncentralTail(12.706204736174694, 1, 0)).toBeCloseTo(0.025, 6);
});
