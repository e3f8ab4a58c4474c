import { readFileSync } from 'node:fs';
import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import { sampleResult } from '../testing/sample-result.ts';
import { syntheticComparisons } from '../testing/synthetic-comparisons.ts';
import { RENEW_COMMAND, RESULT_SCHEMA_PATH, resultSchemaText } from './result-schema.ts';

const published = readFileSync(RESULT_SCHEMA_PATH, 'utf8');

test('the published schema is that of the code', () => {
  expect(published, `docs/result.schema.json is out of date; renew it: ${RENEW_COMMAND}`).toBe(
    resultSchemaText(),
  );
});

test('the published schema by itself accepts a whole result and refuses a broken one', () => {
  const schema = Compile(JSON.parse(published));
  const result = {
    ...sampleResult('PASS'),
    comparisons: syntheticComparisons('direct', 'kafka', 12, '500'),
    comparisonVerdicts: [
      { level: '500', candidate: 'kafka', baseline: 'direct', verdict: 'TRADE-OFF', sentence: 'disagree' },
    ],
  };
  expect(schema.Check(result)).toBe(true);
  expect(schema.Check({ ...result, verdict: 'MAYBE' })).toBe(false);
  const [first] = result.comparisons;
  expect(schema.Check({ ...result, comparisons: [{ ...first, sentence: undefined }] })).toBe(false);
  expect(schema.Check({ ...result, comparisons: [{ ...first, verdict: 'NICE' }] })).toBe(false);
});
