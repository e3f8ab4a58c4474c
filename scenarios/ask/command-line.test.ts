import { expect, it } from 'vitest';
import { scenarios } from '../questions/all.ts';
import { replayCommand } from '../run/manifest.ts';
import { readCommandLine } from './command-line.ts';
import { describeScenarios } from './scenario-list.ts';

it('turns the short options into overrides that the replay command repeats', () => {
  const asked = readCommandLine(
    scenarios,
    'smoke',
    {
      seed: '7',
      duration: '10',
      sessionsPerSecond: '5',
      set: [],
    },
    '/nowhere',
    2,
  );
  expect(asked).toMatchObject({
    kind: 'ok',
    seed: 7,
    scenario: { load: { durationSeconds: 10, sessionsPerSecond: 5 } },
  });
  expect(asked.kind === 'ok' && replayCommand('smoke', 7, asked.overrides, [])).toBe(
    'npm run scenario -- smoke --seed 7 --set load.durationSeconds=10 --set load.sessionsPerSecond=5',
  );
});

it('suggests the nearest scenario for a mistyped name', () => {
  const asked = readCommandLine(scenarios, 'pek-hour', { set: [] }, '/nowhere', 2);
  expect(asked.kind === 'mistakes' && asked.mistakes[0]).toContain('Did you mean `peak-hour`?');
});

it('reports a bad seed and a bad setting together', () => {
  const asked = readCommandLine(
    scenarios,
    'smoke',
    { seed: '1.5', set: ['load.warmUpOrders=-1'] },
    '/nowhere',
    2,
  );
  expect(asked.kind === 'mistakes' && asked.mistakes).toHaveLength(2);
});

it('lists every scenario with its question and its duration', () => {
  const list = describeScenarios(scenarios, 2);
  for (const { name, question } of scenarios) {
    expect(list).toContain(name);
    expect(list).toContain(question);
  }
  expect(list).toContain('about 2:50 min, warm');
});

it.each([80, 120])('lists them at words on a terminal of %i columns', (columns) => {
  const lines = describeScenarios(scenarios, 2, columns).split('\n');
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
});

it('replays with the command that is there where Stampede is installed', () => {
  expect(replayCommand('smoke', 7, [], [], 'npx stampede')).toBe('npx stampede scenario smoke --seed 7');
});

it('plans a comparison in blocks, all with their own seed, and replays its flags', () => {
  const asked = readCommandLine(
    scenarios,
    'kafka-on-off',
    { quick: true, blocks: '2', seed: '5', set: [] },
    '/nowhere',
    2,
  );
  if (asked.kind !== 'ok') throw new Error(asked.mistakes.join(' '));
  expect(asked.cells.map(({ variant, block, seed }) => `${variant} ${block} ${seed}`)).toEqual([
    'direct 0 5',
    'direct-batched 0 5',
    'kafka 0 5',
    'direct-batched 1 6',
    'kafka 1 6',
    'direct 1 6',
  ]);
  expect(replayCommand('kafka-on-off', 5, asked.overrides, asked.flags)).toBe(
    'npm run scenario -- kafka-on-off --seed 5 --quick --blocks 2',
  );
});

it('compares the baseline with itself when asked for an A/A run', () => {
  const asked = readCommandLine(scenarios, 'kafka-on-off', { quick: true, aa: true, set: [] }, '/nowhere', 2);
  if (asked.kind !== 'ok') throw new Error(asked.mistakes.join(' '));
  expect(new Set(asked.cells.map(({ variant }) => variant))).toEqual(new Set(['direct-a', 'direct-b']));
  expect(new Set(asked.cells.map(({ scenario }) => scenario.orders.transport))).toEqual(new Set(['direct']));
});

it('refuses block options for a scenario that compares nothing, and a run to resume that is not there', () => {
  const asked = readCommandLine(scenarios, 'smoke', { quick: true, blocks: '0', set: [] }, '/nowhere', 2);
  expect(asked.kind === 'mistakes' && asked.mistakes).toHaveLength(3);
  const resumed = readCommandLine(scenarios, 'smoke', { resume: 'latest', set: [] }, '/nowhere', 2);
  expect(resumed.kind === 'mistakes' && resumed.mistakes[0]).toContain('/nowhere/latest/manifest.json');
});

it('refuses an A/A run of a scenario that has one variant only', () => {
  const asked = readCommandLine(scenarios, 'regression', { aa: true, set: [] }, '/nowhere', 2);
  expect(asked.kind === 'mistakes' && asked.mistakes[0]).toContain('--baseline with an older run of it');
});
