import { expect, test } from 'vitest';
import type { PairedJudgement, SeparateJudgement } from './comparison.ts';
import { judgeInterval } from './interval-verdict.ts';
import { combinedVerdictSentence, shortVerdict, verdictSentence } from './verdict-sentence.ts';

function paired(ratio: number, low: number, high: number, higherIsBetter = false): PairedJudgement {
  const marginRatio = 0.03;
  return {
    outcome: 'judged',
    kind: 'paired',
    n: 12,
    ratio,
    low,
    high,
    confidence: 0.95,
    marginRatio,
    logRatios: [],
    logRatioSd: 0.05,
    slowerPairCount: ratio > 1 !== higherIsBetter ? 11 : 1,
    fasterPairCount: ratio > 1 !== higherIsBetter ? 1 : 11,
    ...judgeInterval({ low, high, marginRatio, higherIsBetter }),
  };
}

test('a claim gives effect, interval, pairs and margin', () => {
  expect(verdictSentence(paired(1.091, 1.062, 1.123))).toBe(
    '+9.1 %, 95 % CI [+6.2, +12.3]; slower in 11 of 12 pairs; margin ±3 %',
  );
  expect(verdictSentence(paired(0.8, 0.75, 0.85))).toBe(
    '−20.0 %, 95 % CI [−25.0, −15.0]; faster in 11 of 12 pairs; margin ±3 %',
  );
  expect(verdictSentence(paired(0.8, 0.75, 0.85, true))).toContain('lower in 11 of 12 pairs');
  expect(verdictSentence(paired(1.2, 1.1, 1.3, true))).toContain('higher in 11 of 12 pairs');
});

test('EQUIVALENT says how many pairs stand behind it', () => {
  expect(verdictSentence(paired(1.004, 0.989, 1.019))).toBe(
    '+0.4 %, 95 % CI [−1.1, +1.9]; 12 pairs; margin ±3 %',
  );
});

test('INCONCLUSIVE says that this does not mean no change', () => {
  expect(verdictSentence(paired(1.02, 0.99, 1.051))).toBe(
    '+2.0 %, 95 % CI [−1.0, +5.1]; 12 pairs cannot settle ±3 %. This does not mean no change.',
  );
});

test('separate runs count cells instead of pairs', () => {
  const {
    n: _n,
    logRatios: _l,
    logRatioSd: _s,
    slowerPairCount: _w,
    fasterPairCount: _f,
    ...judged
  } = paired(1.091, 1.062, 1.123);
  const separate: SeparateJudgement = {
    ...judged,
    kind: 'separate',
    baselineCount: 6,
    candidateCount: 8,
    degreesOfFreedom: 11.2,
    confidence: 0.9,
    marginRatio: 0.025,
  };
  expect(verdictSentence(separate)).toBe('+9.1 %, 90 % CI [+6.2, +12.3]; 6 against 8 cells; margin ±2.5 %');
});

test('a refusal shows the difference, where there is one, and the footnote', () => {
  const refused = { outcome: 'refused', marginRatio: 0.03, footnote: 'need ≥ 2 pairs, have 1' } as const;
  expect(verdictSentence({ ...refused, ratio: 1.1 })).toBe('+10.0 %; no verdict: need ≥ 2 pairs, have 1');
  expect(verdictSentence({ ...refused, ratio: null })).toBe('no verdict: need ≥ 2 pairs, have 1');
  expect(shortVerdict({ ...refused, ratio: 1.1 })).toBe('no verdict (need ≥ 2 pairs, have 1)');
});

test('metrics that disagree are a trade-off, told metric by metric', () => {
  expect(
    combinedVerdictSentence([
      { metric: 'HTTP response median', comparison: paired(0.78, 0.74, 0.82) },
      { metric: 'order confirmed median', comparison: paired(1.31, 1.24, 1.38) },
    ]),
  ).toEqual({
    verdict: 'TRADE-OFF',
    sentence:
      'primary metrics disagree: HTTP response median FASTER −22 % [−26, −18]; order confirmed median SLOWER +31 % [+24, +38]',
  });
});

test('a single primary metric speaks in full, several that agree in short', () => {
  const comparison = paired(1.004, 0.989, 1.019);
  expect(combinedVerdictSentence([{ metric: 'm', comparison }]).sentence).toBe(verdictSentence(comparison));
  expect(
    combinedVerdictSentence([
      { metric: 'a', comparison },
      { metric: 'b', comparison },
    ]),
  ).toEqual({
    verdict: 'EQUIVALENT',
    sentence: 'a EQUIVALENT +0.4 % [−1.1, +1.9]; b EQUIVALENT +0.4 % [−1.1, +1.9]',
  });
});

test('nothing has no sign, and large effects are grouped', () => {
  expect(shortVerdict(paired(1.0001, 0.98, 1.02))).toBe('EQUIVALENT 0.0 % [−2.0, +2.0]');
  expect(shortVerdict(paired(51, 41, 61))).toBe('SLOWER +5,000 % [+4,000, +6,000]');
});
