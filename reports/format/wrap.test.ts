import { expect, it } from 'vitest';
import { keepUnits, wrapHelp, wrapLine, wrapLines } from './wrap.ts';

const line =
  'Kafka as a whole is better at near: a typical wait for “order confirmed” 65.8 ms → 4 ms (−93.9 %) at near.';

it('breaks at words, never between a number and its unit, and indents further lines', () => {
  const lines = wrapLine(line, 80, 2).split('\n');
  expect(lines).toEqual([
    'Kafka as a whole is better at near: a typical wait for “order confirmed” 65.8 ms',
    '  → 4 ms (−93.9 %) at near.',
  ]);
  expect(wrapLine(line, 79, 2).split('\n')[1]).toBe('  65.8 ms → 4 ms (−93.9 %) at near.');
});

it('ties a number to its unit, and to nothing else', () => {
  expect(keepUnits('4.4 % of 12 orders in 3 s')).toBe('4.4\u00a0% of 12 orders in 3\u00a0s');
});

it('keeps what fits, blanks within a line, and a word that is wider than the terminal', () => {
  expect(wrapLine(line, 200, 2)).toBe(line);
  const badge = `✗ FAIL       ${'word '.repeat(20)}end`;
  expect(
    wrapLine(badge, 80, 13)
      .split('\n')
      .map((one) => one.slice(0, 17)),
  ).toEqual(['✗ FAIL       word', '             word']);
  const path = `/tmp/${'x'.repeat(100)}`;
  expect(wrapLine(`The page: ${path} is whole`, 80, 0).split('\n')).toEqual(['The page:', path, 'is whole']);
});

it('leaves lines alone where the width is not known or too small for sentences', () => {
  expect(wrapLine(line, undefined, 0)).toBe(line);
  expect(wrapLine(line, 20, 0)).toBe(line);
});

it.each([80, 120])('breaks each line of a text at words for %i columns, two blanks further in', (columns) => {
  const text = `Nothing was started:\n  ${line} ${line}\n`;
  const lines = wrapLines(text, columns).split('\n');
  expect(lines[0]).toBe('Nothing was started:');
  expect(lines.at(-1)).toBe('');
  const told = lines.slice(1, -1);
  for (const each of told) expect(each.length).toBeLessThanOrEqual(columns);
  for (const each of told.slice(1)) expect(each).toMatch(/^ {4}\S/);
  expect(told.map((each) => each.trim()).join(' ')).toBe(`${line} ${line}`);
});

it.each([80, 120])('help of %i columns goes on below where it began to say what something is', (columns) => {
  const help = `npm run report -- --serve [--port N]   ${line}\n\n  run   ${line} ${line}\n${'npm run compare -- '.repeat(4)}   ${line}`;
  const lines = wrapHelp(help, columns).split('\n');
  for (const each of lines) expect(each.length).toBeLessThanOrEqual(columns);
  expect(lines[1]).toMatch(/^ {39}\S/);
  expect(lines[lines.findIndex((each) => each.startsWith('  run   ')) + 1]).toMatch(/^ {8}\S/);
  expect(lines.at(-1)).toMatch(/^ {2}\S/);
  expect(wrapHelp(help, undefined)).toBe(help);
});
