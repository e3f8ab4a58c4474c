import { expect, test } from 'vitest';
import { secondsText } from './span.ts';

test.each([
  ['90', '90'],
  ['90s', '90'],
  ['20m', '1200'],
  ['20 min', '1200'],
  ['1.5h', '5400'],
  ['8h', '28800'],
  // For the scenario to refuse.
  ['soon', 'soon'],
  ['-5', '-5'],
  ['8d', '8d'],
])('%s is %s s', (text, seconds) => {
  expect(secondsText(text)).toBe(seconds);
});
