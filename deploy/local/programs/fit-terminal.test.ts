import { expect, test } from 'vitest';
import { fitTerminal } from './fit-terminal.ts';
import { StackBusyError } from './lock.ts';

const holder = { process: { pid: 4_711, startedAt: '' }, purpose: 'peak-hour', sinceMs: 0, expectedEndMs: 1 };
const text = `✗ ${new StackBusyError(holder).message}\n  with a second line`;

test.for([80, 120])('a message is broken at words for a terminal of %i columns', (columns) => {
  const lines = fitTerminal(text, columns).split('\n');
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
  expect(lines.join(' ').replace(/\s+/g, ' ')).toBe(text.replace(/\s+/g, ' '));
  expect(lines.at(-1)).toBe('  with a second line');
});

test('where there is no terminal it stays as it is', () => {
  expect(fitTerminal(text, undefined)).toBe(text);
});
