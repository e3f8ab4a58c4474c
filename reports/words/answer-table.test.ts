import { expect, test } from 'vitest';
import { renderMarkdown } from '../files/markdown.ts';
import { answerTableMarkup } from '../html/sections/answer-table.ts';
import type { ComparisonResult, RunResult } from '../record/result.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { syntheticComparisons } from '../testing/synthetic-comparisons.ts';
import { syntheticManifest } from '../testing/synthetic-manifest.ts';
import { answerTable, answerTableText } from './answer-table.ts';
import { badgeOf } from './badge.ts';
import { closingText } from './closing-text.ts';

/** The order confirmed of one pair, with its means. */
function comparison(candidate: string, level: string, declared = false): ComparisonResult[] {
  return syntheticComparisons('direct', candidate, 12, level)
    .filter(({ metric, role }) => metric === 'order.confirmed' && role === 'primary')
    .map((own) => ({
      ...own,
      declared,
      tells: candidate === 'kafka' ? 'Kafka as a whole' : 'batching',
      means: { unit: 'ms', baseline: 6.1, candidate: 8 },
    }));
}

const result: RunResult = {
  ...sampleResult('PASS'),
  answer: 'First sentence.\nSecond sentence.',
  comparisons: [
    ...comparison('kafka', 'light'),
    ...comparison('batched', 'light'),
    ...comparison('kafka', 'near'),
  ],
};

const table = (of: RunResult) => {
  const found = answerTable(of);
  if (found === null) throw new Error('no table was made');
  return found;
};

test('a row for each level, a column for each pair, with word, change and the values before and after', () => {
  const { columns, rows, caption } = table(result);
  expect(columns).toEqual([
    { tells: 'Kafka as a whole', sides: 'kafka against direct' },
    { tells: 'batching', sides: 'batched against direct' },
  ]);
  expect(rows.map(({ place, cells }) => [place, ...cells.map((cell) => cell?.word ?? null)])).toEqual([
    ['at light', '✗ SLOWER', '✗ SLOWER'],
    ['at near', '✗ SLOWER', null],
  ]);
  expect(rows[0]?.cells[0]).toMatchObject({
    change: expect.stringMatching(/^\+3\d\.\d %$/),
    means: '6.1 ms → 8 ms',
    judgement: 'worse',
  });
  expect(caption).toBe('Order confirmed p50, before → after; over 12 blocks, 95 % intervals, margin ±3 %.');
});

test('says beside a level what comes there, and how much that is', () => {
  const of = {
    variant: 'direct',
    arrivals: 'orders',
    perSecond: 500,
    origin: 'given',
    isAtLeast: false,
    reason: '',
  };
  const levels = [
    { level: 'light', offeredPerSecond: 50.4, hasBurst: false },
    { level: 'near', offeredPerSecond: 1_500, hasBurst: true },
  ];
  const { rows } = table({ ...result, ofCapacity: of, levels } as unknown as RunResult);
  expect(rows.map(({ load }) => load)).toEqual([
    '50 orders/s, 10 % of what direct sustains',
    'a burst of 1,500 orders/s, 300 % of what direct sustains',
  ]);
  expect(table(result).rows.map(({ load }) => load)).toEqual(['', '']);
});

test('says once what is compared: in the rows where there are no levels', () => {
  const levelless = comparison('kafka', 'light').map((own) => ({ ...own, level: null }));
  const { rows, caption } = table({ ...result, comparisons: levelless });
  expect(rows.map(({ place }) => place)).toEqual(['order confirmed p50']);
  expect(caption).toBe('Before → after; over 12 blocks, 95 % intervals, margin ±3 %.');
});

test('is withheld where there is no performance result, and where nothing was compared', () => {
  expect(answerTable({ ...result, verdict: 'INVALID' })).toBeNull();
  expect(answerTable({ ...result, verdict: 'AUDIT_FAILED' })).toBeNull();
  expect(answerTable(sampleResult('PASS'))).toBeNull();
});

test('terminal, summary and page have it right below the two sentences, and intervals only below it', () => {
  const text = answerTableText(table(result));
  expect(text.split('\n').slice(0, 2)).toEqual([
    expect.stringMatching(/^ +kafka +batched$/),
    expect.stringMatching(/^ +against direct +against direct$/),
  ]);
  const manifest = syntheticManifest('kafka-on-off', 1, new Date('2025-11-21T11:00:00Z'), '');
  for (const told of [closingText(result), renderMarkdown(result, manifest)]) {
    const places = ['Second sentence', '6.1 ms → 8 ms', '95 % CI'].map((part) => told.indexOf(part));
    expect(Math.min(...places)).toBeGreaterThan(0);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  }
  const page = answerTableMarkup(table(result)).markup;
  expect(page).toContain('data-pair="Kafka as a whole"');
  expect(page).not.toContain('CI [');
});

test('in a terminal of known width nothing but the table is wider, and words stay whole', () => {
  const answer = `${'word '.repeat(40)}takes 65.8 ms.\nSecond sentence.`;
  const wide = closingText({ ...result, answer });
  const narrow = closingText({ ...result, answer }, 80);
  expect(narrow.split(/\s+/)).toEqual(wide.split(/\s+/));
  const rows = answerTableText(table(result)).split('\n');
  const beyond = narrow.split('\n').filter((line) => line.length > 80 && !rows.includes(line.slice(2)));
  expect(beyond).toEqual([]);
  expect(wide.split('\n').some((line) => line.length > 80)).toBe(true);
});

test('a table that is wider than the terminal is told pair by pair', () => {
  const many = ['kafka', 'batched', 'batched-again', 'queued'].flatMap((name) => comparison(name, 'light'));
  const of = { ...result, comparisons: many };
  const text = answerTableText(table(of), 78);
  expect(text.split('\n').slice(0, 3)).toEqual([
    'at light',
    expect.stringMatching(/^ {2}kafka against direct: ✗ SLOWER \+3\d\.\d %$/),
    '    6.1 ms → 8 ms',
  ]);
  expect(
    closingText(of, 80)
      .split('\n')
      .filter((line) => line.length > 80),
  ).toEqual([]);
  expect(closingText(of, 200)).toContain(answerTableText(table(of)).split('\n')[1]);
});

test('a run that only asks is answered, not passed; a gate still passes or fails', () => {
  expect(badgeOf(result)).toEqual({ text: '= ANSWERED', tone: 'answered' });
  expect(closingText(result)).toMatch(/^= ANSWERED {3}kafka-on-off: 2 of 2 limits kept/);
  expect(badgeOf({ ...result, comparisons: comparison('kafka', 'light', true) }).text).toBe('✓ PASS');
  expect(badgeOf({ ...result, verdict: 'UNDECIDED' }).text).toBe('? UNDECIDED');
  expect(badgeOf(sampleResult('PASS')).text).toBe('✓ PASS');
});
