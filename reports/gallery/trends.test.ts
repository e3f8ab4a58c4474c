import { expect, test } from 'vitest';
import type { Verdict } from '../record/result.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { syntheticManifest } from '../testing/synthetic-manifest.ts';
import type { FinishedEntry } from './list-entries.ts';
import { isLimitFar } from './trend-data.ts';
import { leftOutCount, settingsText, trendsOf } from './trends.ts';

function entry(
  dayNumber: number,
  verdict: Verdict,
  overrides: string[] = [],
  cpuModel = 'EPYC',
): FinishedEntry {
  const startedAt = new Date(Date.UTC(2025, 10, dayNumber));
  const manifest = syntheticManifest('kafka-on-off', 1, startedAt, '');
  return {
    kind: 'finished',
    name: `run-${dayNumber}`,
    status: {
      schemaVersion: 1,
      state: 'finished',
      scenario: 'kafka-on-off',
      startedAt: startedAt.toISOString(),
      finishedAt: startedAt.toISOString(),
      reason: null,
    },
    manifest: { ...manifest, overrides, machine: { ...manifest.machine, cpuModel } },
    result: { ...sampleResult(verdict), startedAt: startedAt.toISOString() },
  };
}

test('runs without a performance result are left out of the trend and counted', () => {
  const entries = [
    entry(5, 'PASS'),
    entry(4, 'INVALID'),
    entry(3, 'FAIL'),
    entry(2, 'AUDIT_FAILED'),
    entry(1, 'PASS'),
  ];
  const [group, ...others] = trendsOf(entries);
  expect(others).toEqual([]);
  expect(group?.runs.map(({ name }) => name)).toEqual(['run-1', 'run-3', 'run-5']);
  expect(leftOutCount(entries, 'kafka-on-off')).toBe(2);
  expect(group?.charts[0]).toMatchObject({
    title: 'order confirmed p99',
    unit: 'ms',
    lines: [
      {
        settings: 'as the scenario stands',
        points: [
          { place: 0, value: 412, ok: true, atMost: 500, atLeast: null },
          { place: 1, value: 412, ok: false, atMost: 400, atLeast: null },
          { place: 2, value: 412, ok: true, atMost: 500, atLeast: null },
        ],
      },
    ],
  });
});

test('machines have trends of their own, and other settings lines of their own', () => {
  const faster = ['load.sessionsPerSecond=90', 'thresholds.order-confirmed-p99=1'];
  const groups = trendsOf([
    ...[9, 8, 7].map((day) => entry(day, 'PASS', [], 'M4')),
    ...[6, 5, 4].map((day) => entry(day, 'PASS', faster)),
    ...[3, 2, 1].map((day) => entry(day, 'PASS')),
  ]);
  expect(groups.map(({ machine, runs }) => [machine.split(',')[0], runs.length])).toEqual([
    ['EPYC', 6],
    ['M4', 3],
  ]);
  expect(groups[0]?.charts[0]?.lines.map(({ settings }) => settings)).toEqual([
    'as the scenario stands',
    'load.sessionsPerSecond=90',
  ]);
});

test('below three runs of the same settings there is no chart', () => {
  expect(trendsOf([entry(2, 'PASS'), entry(1, 'PASS')])).toEqual([]);
  const other = ['load.sessionsPerSecond=90'];
  expect(trendsOf([entry(3, 'PASS', other), entry(2, 'PASS'), entry(1, 'PASS')])).toEqual([]);
});

test('a fault and the options of a run are settings, a baseline is none', () => {
  const manifest = { ...entry(1, 'PASS', ['b.b=1', 'seed=2']).manifest };
  const flags = ['--fault broker-kill@50%', '--baseline main'];
  expect(settingsText({ ...manifest, flags })).toBe('--fault broker-kill@50%, b.b=1');
});

test('a limit that would press the line flat is told and not drawn', () => {
  expect(isLimitFar(5000, 400)).toBe(true);
  expect(isLimitFar(1000, 400)).toBe(false);
  expect(isLimitFar(0.01, 0)).toBe(false);
});
