import { expect, it } from 'vitest';
import { scenarios } from '../all.ts';
import { readCommandLine } from './command-line.ts';
import { replayCommand } from './manifest.ts';
import { describeScenarios } from './scenario-list.ts';

it('turns the short options into overrides that the replay command repeats', () => {
  const asked = readCommandLine(scenarios, 'smoke', {
    seed: '7',
    duration: '10',
    sessionsPerSecond: '5',
    set: [],
  });
  expect(asked).toMatchObject({
    kind: 'ok',
    seed: 7,
    scenario: { load: { durationSeconds: 10, sessionsPerSecond: 5 } },
  });
  expect(asked.kind === 'ok' && replayCommand('smoke', 7, asked.overrides)).toBe(
    'npm run scenario -- smoke --seed 7 --set load.durationSeconds=10 --set load.sessionsPerSecond=5',
  );
});

it('suggests the nearest scenario for a mistyped name', () => {
  const asked = readCommandLine(scenarios, 'pek-hour', { set: [] });
  expect(asked.kind === 'mistakes' && asked.mistakes[0]).toContain('Did you mean `peak-hour`?');
});

it('reports a bad seed and a bad setting together', () => {
  const asked = readCommandLine(scenarios, 'smoke', { seed: '1.5', set: ['load.warmUpOrders=-1'] });
  expect(asked.kind === 'mistakes' && asked.mistakes).toHaveLength(2);
});

it('lists every scenario with its question and its duration', () => {
  const list = describeScenarios(scenarios);
  for (const { name, question } of scenarios) {
    expect(list).toContain(name);
    expect(list).toContain(question);
  }
  expect(list).toContain('about 2:55 min, warm');
});
