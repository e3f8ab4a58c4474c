// The memory limits of the long run, on a record in which processes grow.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { judgeThresholds } from '../verdict/judge.ts';
import { metricsOf } from '../verdict/run-metrics.ts';
import { steady } from './steady.ts';

const SECONDS = steady.load.durationSeconds;

/** Missed limits of a run in which each process grows by so many bytes a second. */
function missedWith(grownBytesPerSecond: { generator: number; rehearsal: number; api: number }): string[] {
  const directory = mkdtempSync(join(tmpdir(), 'steady-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const rows = Array.from({ length: SECONDS }, (_, second) => ({
    version: 2,
    second,
    phase: 'measure',
    counts: {},
    gauges: {},
    cpuRatios: {},
    memoryBytes: Object.fromEntries(
      Object.entries(grownBytesPerSecond).map(([name, bytes]) => [name, 100_000_000 + bytes * second]),
    ),
  }));
  writeFileSync(join(directory, 'series.ndjson'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const limits = Object.fromEntries(
    Object.entries(steady.thresholds).filter(([, { metric }]) => metric.startsWith('memory.')),
  );
  const judged = judgeThresholds(limits, 'kafka', metricsOf([directory], SECONDS, []), () => null);
  expect(judged.every(({ value }) => value !== null)).toBe(true);
  return judged.filter(({ ok }) => !ok).map(({ metric }) => metric);
}

it('fails a shop, a generator or a rehearsal that grows for twenty minutes, each by its own limit, and nobody who stays', () => {
  const flat = { generator: 0, rehearsal: 0, api: 0 };
  expect(missedWith(flat)).toEqual([]);
  // 100 kB a second are 120 MB in twenty minutes.
  expect(missedWith({ ...flat, api: 100_000 })).toEqual(['memory.shopGrowthMb']);
  expect(missedWith({ ...flat, generator: 100_000 })).toEqual(['memory.generatorGrowthMb']);
  expect(missedWith({ ...flat, rehearsal: 100_000 })).toEqual(['memory.rehearsalGrowthMb']);
});
