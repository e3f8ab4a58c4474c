import { expect, it } from 'vitest';
import { readHistoryCommand } from './command-line.ts';

const nowMs = Date.parse('2026-11-21T03:00:00Z');

it('ends with yesterday in Seoul by default', () => {
  const read = readHistoryCommand({}, nowMs);
  expect(read).toMatchObject({
    kind: 'command',
    command: {
      into: 'postgres',
      settings: { preset: 'korea', days: 365, untilMs: Date.parse('2026-11-20T15:00:00Z') },
    },
  });
});

it('takes a day to its end in Seoul, and an instant as it is', () => {
  const untilOf = (until: string) => {
    const read = readHistoryCommand({ until }, nowMs);
    return read.kind === 'command' ? new Date(read.command.settings.untilMs).toISOString() : read.mistakes;
  };
  expect(untilOf('2026-12-31')).toBe('2026-12-31T15:00:00.000Z');
  expect(untilOf('2026-11-20T20:00:00+09:00')).toBe('2026-11-20T11:00:00.000Z');
});

it('tells all mistakes at once, each with the value found', () => {
  const read = readHistoryCommand(
    {
      days: '-4',
      people: '0',
      until: '2026-02-30',
      preset: 'moon',
      into: 'x',
      behaviour: '2',
      growth: 'fast',
      workers: '0',
      resume: true,
      replace: true,
    },
    nowMs,
  );
  if (read.kind !== 'mistakes') throw new Error('found a command, needed mistakes');
  const text = read.mistakes.join('\n');
  for (const part of [
    '--days is -4',
    '--people is 0',
    '--until is 2026-02-30',
    '--preset is moon',
    '--into is x',
    '--behaviour is 2',
    '--growth is fast',
    '--workers is 0',
    '--resume and --replace',
  ]) {
    expect(text).toContain(part);
  }
});
