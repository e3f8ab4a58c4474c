import { describe, expect, it } from 'vitest';
import { toComparisonResult } from '../../reports/record/comparison-result.ts';
import type { ComparisonResult } from '../../reports/record/result.ts';
import { comparePairs } from '../../reports/statistics/paired-comparison.ts';
import { syntheticComparisons } from '../../reports/testing/synthetic-comparisons.ts';
import { kafkaOnOff } from '../questions/kafka-on-off.ts';
import { regression } from '../questions/regression.ts';
import type { Comparison } from '../scenario/scenario.ts';
import { comparisonAnswer } from './comparison-answer.ts';

const auditFailed = 'the shop lost, doubled or misreported orders';

function comparisonOf({ comparison }: { comparison?: Comparison }): Comparison {
  if (comparison === undefined) throw new Error('this scenario compares nothing');
  return comparison;
}

/** The candidate's values in four blocks beside a baseline of 5 ms. */
function judged(
  candidate: string,
  level: string,
  values: readonly number[],
  metric = 'order.confirmed',
): ComparisonResult {
  const request = {
    baseline: values.map(() => 5),
    candidate: values,
    marginRatio: 0.05,
    higherIsBetter: false,
  };
  const isPrimary = metric === 'order.confirmed';
  return toComparisonResult(comparePairs(request), {
    metric,
    statistic: isPrimary ? 'p50' : 'value',
    role: isPrimary ? 'primary' : 'exploratory',
    level,
    baseline: 'direct',
    candidate,
    kind: 'paired',
    declared: false,
    unit: 'ms',
    request,
  });
}

const answerOf = (...results: ComparisonResult[]): string[] =>
  comparisonAnswer('PASS', { ...comparisonOf(kafkaOnOff), auditFailed }, results).split('\n');

const slower = [9, 9.2, 8.9, 9.1];
const faster = [4, 4.1, 3.9, 4];
const open = [4, 5.2, 6, 5.5];

describe('the answer to which is better', () => {
  it('is two sentences: for what, by how much, at which load and at what cost; then what was not tested', () => {
    const answer = answerOf(
      judged('kafka', 'light', slower),
      judged('kafka', 'near', faster),
      judged('direct-batched', 'light', open),
      judged('kafka', 'near', slower, 'cpu.perOrderMs'),
    );
    expect(answer).toEqual([
      'Kafka as a whole is better at near: a typical wait for “order confirmed” of 4 ms instead of 5 ms (−20.0 %); it costs a typical wait for “order confirmed” of 9 ms instead of 5 ms (+81.0 %) at light and CPU an order of 9 ms instead of 5 ms (+81.0 %) at near.',
      'Not tested were other machines, several API processes, several brokers and loads other than light and near; 1 of 3 answers is INCONCLUSIVE, which does not mean no change; confirmed means committed to PostgreSQL with fsync on every side; Kafka’s 202 rests on one broker’s page cache.',
    ]);
  });

  it('says so where nothing got better, and of many levels the least and the most', () => {
    const [first] = answerOf(
      judged('kafka', 'light', slower),
      judged('kafka', 'near', [7, 7.1, 6.9, 7]),
      judged('kafka', 'burst', [8, 8.1, 7.9, 8]),
    );
    expect(first).toBe(
      'Kafka as a whole is better at no load that was tried: it costs a typical wait for “order confirmed” from 7 ms instead of 5 ms (+40.0 %) at near to 9 ms instead of 5 ms (+81.0 %) at light.',
    );
  });

  it('begins with what the scenario asks in its own words', () => {
    const asked: unknown[] = [];
    const sentences = [slower, faster, open, [5, 5.01, 4.99, 5]].map((values) =>
      comparisonAnswer(
        'PASS',
        { ...comparisonOf(kafkaOnOff), auditFailed },
        [judged('kafka', 'light', values)],
        ({ baseline, candidate }, levels) => {
          asked.push([baseline, candidate, ...levels]);
          return '1 % of lists came late';
        },
      ),
    );
    expect(asked[0]).toEqual(['direct', 'kafka', 'light']);
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^[^:]+: 1 % of lists came late; (it costs )?a typical wait/);
      expect(sentence.split('\n')).toHaveLength(2);
    }
  });

  it('speaks of its answers by how many there are', () => {
    const caveat = (...results: ComparisonResult[]) => answerOf(...results)[1];
    const many = (values: readonly number[], count: number) =>
      Array.from({ length: count }, (_, index) => judged('kafka', `level-${index}`, values));
    expect(caveat(...many(slower, 1))).not.toContain('answer');
    expect(caveat(...many(slower, 2))).toContain('; neither answer is INCONCLUSIVE;');
    expect(caveat(...many(slower, 12))).toContain('; none of 12 answers is INCONCLUSIVE;');
    expect(caveat(...many(open, 1))).toContain(
      '; the answer is INCONCLUSIVE, which does not mean no change;',
    );
    expect(caveat(...many(open, 2))).toContain('; both answers are INCONCLUSIVE,');
    expect(caveat(...many(open, 3))).toContain('; all 3 answers are INCONCLUSIVE,');
    const [one] = many(slower, 1);
    expect(caveat(...many(open, 2), ...(one === undefined ? [] : [one]))).toContain(
      '; 2 of 3 answers are INCONCLUSIVE,',
    );
    const refused = many(slower, 2).map((own) => ({ ...own, judgement: 'refused' as const }));
    expect(caveat(...refused)).toContain('; both answers are refused for want of samples;');
    expect(caveat(...refused.slice(0, 1))).toContain('; the answer is refused for want of samples;');
  });

  it('claims neither a gain nor a price that it cannot tell', () => {
    expect(answerOf(judged('kafka', 'light', open))[0]).toMatch(
      /^Whether Kafka as a whole is better cannot be told from this run: .* 5\.1 ms instead of 5 ms \(\+2\.\d %\) at light\.$/,
    );
    expect(answerOf(judged('kafka', 'light', [5, 5.01, 4.99, 5]))[0]).toMatch(
      /^Kafka as a whole makes no difference beyond ±5 %: /,
    );
    expect(answerOf(judged('kafka', 'light', faster))[0]).toMatch(/; nothing measured got worse for it\.$/);
  });
});

it('answers a run that is held against a baseline, and says how to get one where there is none', () => {
  const comparison = { ...comparisonOf(regression), auditFailed };
  expect(comparisonAnswer('PASS', comparison, [])).toContain('`npm run baseline -- save NAME`');
  const all = syntheticComparisons('this-shop', 'this-shop', 6, null);
  const separate = all
    .filter(({ metric, role }) => role === 'primary' && metric === 'order.confirmed')
    .map((one) => ({ ...one, kind: 'separate' as const }));
  const answer = comparisonAnswer('FAIL', comparison, separate).split('\n');
  expect(answer[0]).toMatch(
    /^This-shop, held against the baseline, is better in nothing that was asked: it costs a typical wait for “order confirmed” \+3\d\.\d %\.$/,
  );
  expect(answer).toHaveLength(2);
});
