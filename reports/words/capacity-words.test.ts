import { expect, test } from 'vitest';
import { renderJUnit } from '../files/junit.ts';
import { renderMarkdown } from '../files/markdown.ts';
import { junitProblems } from '../testing/junit-schema.ts';
import { sampleResult } from '../testing/sample-result.ts';
import {
  atLeastCapacity,
  foundCapacity,
  noCapacity,
  skippedCapacity,
} from '../testing/synthetic-capacity.ts';
import { syntheticManifest } from '../testing/synthetic-manifest.ts';
import { verdictLine } from './badge.ts';
import { scalingSentences } from './capacity-scaling.ts';
import { capacitySentence, capacitySentences } from './capacity-words.ts';

test('a found rate is told a second and an hour, with what broke right above it', () => {
  expect(capacitySentence(foundCapacity('direct', 1, 180, 190))).toBe(
    'direct with one API process sustains 180 orders/s (648,000 an hour); at 190 the shop is at its limit: order confirmed p95 was 2,140 ms (limit ≤ 1,000 ms)',
  );
});

test('a rate above which the generator was the limit is told as a lower bound', () => {
  expect(capacitySentence(atLeastCapacity('kafka', 300, 310))).toBe(
    'kafka with one API process sustains at least 300 orders/s (1,080,000 an hour); at 310 the generator itself was the limit, so nothing is known of the shop there',
  );
});

test('a shop whose inside is not seen is called by its name alone, as words', () => {
  expect(capacitySentence({ ...foundCapacity('your-shop', 1, 180, 190), apiProcesses: 0 })).toMatch(
    /^your shop sustains 180 orders\/s/,
  );
});

test('a search that ended early says so, and one without a rate says why', () => {
  const open = {
    ...foundCapacity('direct', 2, 180, 240),
    isClosed: false,
    reason: '7 probes were not enough',
  };
  expect(capacitySentence(open)).toContain('before it had closed in (7 probes were not enough)');
  const told = 'confirmed at 2,180/s; 7 probes were not enough to close in on the limit';
  expect(capacitySentence({ ...open, reason: told })).toContain('closed in (7 probes were not enough)');
  expect(capacitySentence(noCapacity('direct'))).toBe(
    'direct with one API process: no rate was confirmed; even 5/s, the least that was asked for, broke a limit',
  );
});

test('what was skipped for the same reason is told once', () => {
  const sentences = capacitySentences([
    foundCapacity('direct', 1, 180, 190),
    skippedCapacity('direct', 4),
    skippedCapacity('kafka', 4),
  ]);
  expect(sentences).toHaveLength(2);
  expect(sentences[1]).toBe('Skipped: four API processes would need as many cores; this machine has 2');
});

test('scaling compares rates that were found, and claims no law from too few of them', () => {
  const two = [foundCapacity('direct', 1, 180, 190), foundCapacity('direct', 2, 270, 280)];
  expect(scalingSentences(two)).toEqual([
    'direct: 2 API processes carry 1.5 times as much as 1. No scalability law: need ≥ 4 different N, have 2.',
  ]);
  const law = [1, 2, 4, 8].map((n) => foundCapacity('kafka', n, (100 * n) / (1 + 0.05 * (n - 1)), 9_999));
  expect(scalingSentences(law)[0]).toContain('Scalability law: 5 % of the work waits for what is shared');
  expect(scalingSentences(law)[0]).toContain('no peak within twice the largest number measured (8)');
  expect(scalingSentences([two[0]!, { ...two[1]!, outcome: 'at-least' }])).toEqual([]);
});

test('the verdict line, the summary and the test cases of a search', () => {
  const capacity = [foundCapacity('direct', 1, 180, 190), noCapacity('kafka'), skippedCapacity('direct', 4)];
  const result = { ...sampleResult('PASS'), scenario: 'capacity', capacity };
  expect(verdictLine(result)).toContain('capacity: a rate was confirmed for 1 of 2 searches, with 10 probes');
  const manifest = syntheticManifest('capacity', 1, new Date('2025-11-21T11:00:00Z'), '');
  expect(renderMarkdown(result, manifest)).toContain(
    '| direct with one API process | 180 orders/s (648,000 an hour) | 190 orders/s | confirmed at 180/s, failed at 190/s in an equally long probe |',
  );
  const xml = renderJUnit(result);
  expect(junitProblems(xml)).toEqual([]);
  expect(xml).toContain(
    '<testcase classname="capacity.capacity" name="direct with one API process" time="0.000"><system-out>',
  );
  expect(xml).toContain('name="kafka with one API process" time="0.000"><failure');
  expect(xml).toContain('name="direct with four API processes" time="0.000"><skipped');
});
