import { describe, expect, it } from 'vitest';
import { renderJUnit } from '../files/junit.ts';
import type { Metrics } from '../record/result.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { skippedCapacity } from '../testing/synthetic-capacity.ts';
import { syntheticComparisons } from '../testing/synthetic-comparisons.ts';
import { verdictLine } from './badge.ts';
import { distanceText } from './threshold-words.ts';
import { undecidedReasons } from './undecided.ts';
import { verdictDetails } from './verdict-words.ts';

const decided = sampleResult('PASS');

describe('a run without a verdict', () => {
  it('has no reason where everything was decided', () => {
    expect(undecidedReasons(decided)).toEqual([]);
  });

  it('names the limit, how many samples there were and how many are needed', () => {
    const result = sampleResult('UNDECIDED');
    expect(undecidedReasons(result)).toEqual([
      'order confirmed p99 too few samples (60 of 100); limit ≤ 500 ms',
    ]);
    expect(verdictLine(result)).toBe(
      '? UNDECIDED  no verdict: order confirmed p99 too few samples (60 of 100); limit ≤ 500 ms. Nothing was missed, but this run cannot tell that all was kept. Measure longer (--duration) or raise the rate.',
    );
    expect(verdictDetails(result)).toEqual([]);
  });

  it('says in a failed run, too, what was left undecided', () => {
    const failed = sampleResult('FAIL');
    const [limit] = sampleResult('UNDECIDED').thresholds;
    const result = { ...failed, thresholds: [...failed.thresholds, limit!] };
    expect(verdictLine(result)).toContain('1 of 3 limits crossed: order confirmed p99 = 412 ms');
    expect(verdictDetails(result)).toEqual([
      'undecided: order confirmed p99 too few samples (60 of 100); limit ≤ 500 ms',
    ]);
  });

  it('is one in which nobody ordered, though no limit was missed', () => {
    const metrics = { 'orders.perHour': { unit: 'orders/h', value: 0 } };
    const variants = { kafka: { ...decided.variants.kafka!, metrics } };
    expect(undecidedReasons({ ...decided, variants, thresholds: [] })).toEqual([
      'no order was placed in the measured span',
    ]);
  });

  it('is one without a request, and no order is missed where the record has none to tell of', () => {
    const { 'order.confirmed': waits } = decided.variants.kafka!.metrics;
    const of = (metrics: Metrics) => ({ kafka: { ...decided.variants.kafka!, metrics } });
    const asked = of({ 'http.response': waits! });
    expect(undecidedReasons({ ...decided, variants: asked, thresholds: [] })).toEqual([]);
    expect(undecidedReasons({ ...decided, variants: of({}), thresholds: [] })).toEqual([
      'no request was answered in the measured span',
    ]);
  });

  it('is one in which the crush for the last pieces had no end', () => {
    const about = { itemName: 'Lamp', pieceCount: 5, shopperCount: 100, toldNoCount: 0 };
    const of = (lastUnits: { soldCount: number; unheardCount: number }) => {
      const finding = { rule: 'last-units', claim: '', ok: true, checkedCount: 100, violationCount: 0 };
      const audit = [{ ...finding, violations: [], lastUnits: { ...about, ...lastUnits } }];
      return { ...decided, variants: { kafka: { ...decided.variants.kafka!, audit } } };
    };
    expect(undecidedReasons(of({ soldCount: 0, unheardCount: 100 }))).toEqual([
      '100 of 100 shoppers never heard whether they got one of the last pieces, and 0 of 5 were sold',
    ]);
    expect(undecidedReasons(of({ soldCount: 5, unheardCount: 2 }))).toEqual([]);
  });

  it('is one whose gate was refused its verdict, or whose whole question was', () => {
    const comparisons = syntheticComparisons('direct', 'kafka', 12);
    expect(undecidedReasons({ ...decided, comparisons })).toEqual([]);
    const refused = comparisons.map((comparison) => ({
      ...comparison,
      outcome: 'refused' as const,
      judgement: 'refused' as const,
      footnote: 'need ≥ 3 pairs, have 0',
    }));
    expect(undecidedReasons({ ...decided, comparisons: refused })).toHaveLength(2);
    const asked = refused.map((comparison) => ({ ...comparison, declared: false }));
    expect(undecidedReasons({ ...decided, comparisons: asked })[0]).toBe(
      'HTTP response p50 of kafka against direct: need ≥ 3 pairs, have 0',
    );
    // A limit that is held against one of them only is what answers.
    const { kafka } = decided.variants;
    const variants = { direct: kafka!, kafka: kafka! };
    expect(undecidedReasons({ ...decided, variants, comparisons: asked })).toEqual([]);
    expect(undecidedReasons({ ...decided, variants, comparisons: refused })).toHaveLength(2);
    // One of two primary metrics that only ask was answered.
    const [first, second, ...others] = asked;
    const answered = [{ ...first!, outcome: 'judged' as const }, second!, ...others];
    expect(undecidedReasons({ ...decided, comparisons: answered })).toEqual([]);
  });

  it('is a search that searched nothing', () => {
    const capacity = [skippedCapacity('direct', 16), skippedCapacity('kafka', 16)];
    expect(undecidedReasons({ ...decided, thresholds: [], variants: {}, capacity })).toEqual([
      'nothing was searched: four API processes would need as many cores; this machine has 2',
    ]);
  });
});

it('JUnit fails the case of the verdict and skips the limit that could not be decided', () => {
  const xml = renderJUnit(sampleResult('UNDECIDED'));
  expect(xml).toContain(
    '<skipped message="undecided: order confirmed p99 too few samples (60 of 100); limit ≤ 500 ms"/>',
  );
  expect(xml.match(/<failure /g)).toHaveLength(1);
});

it('a wait cut off at its deadline is at least so far over the limit as the deadline is', () => {
  const [limit] = sampleResult('FAIL').thresholds;
  expect(distanceText({ ...limit!, atMost: 500, value: 10_002, isAtLeast: true })).toBe(
    'at least 9,500 ms over',
  );
});
