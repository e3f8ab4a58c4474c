import { expect, it } from 'vitest';
import { breakdownOf, cutOff, resumeCommand } from './cut-off.ts';

const coded = (code: string, message = 'it broke'): Error => Object.assign(new Error(message), { code });

it.each([
  ['53100', 'full disk'],
  ['ENOSPC', 'full disk'],
  ['EFBIG', 'full disk'],
  ['57P01', 'lost connection'],
  ['08006', 'lost connection'],
  ['EPIPE', 'lost connection'],
  ['23505', 'other'],
])('%s is a %s, also as the cause of another error', (code, breakdown) => {
  expect(breakdownOf(coded(code))).toBe(breakdown);
  expect(breakdownOf(new Error('Loading table orders failed', { cause: coded(code) }))).toBe(breakdown);
});

it('knows a lost connection by the driver’s words where it gives no code', () => {
  expect(breakdownOf(new Error('Connection terminated unexpectedly'))).toBe('lost connection');
});

it('tells what was found, what is needed and the next step', () => {
  const place = { what: 'The load', where: 'PostgreSQL', left: 'What was loaded stays' };
  const error = cutOff({ ...place, next: resumeCommand(false) }, coded('53100', 'could not extend file'));
  expect(error.message).toBe(
    'The load broke off: the disk of PostgreSQL is full (could not extend file). What was loaded stays; needed is room there. Next: make room, then the same command with --resume.',
  );
  expect(cutOff({ ...place, next: resumeCommand(true) }, coded('57P01')).message).toContain(
    'with --resume instead of --replace',
  );
});
