import { describe, expect, it } from 'vitest';
import { planNewcomers } from './newcomers.ts';

const MINUTE_MS = 60_000;
const asOfMs = Date.UTC(2026, 10, 20, 11);
const bass = { model: 'bass', durationMs: 52 * MINUTE_MS, peopleCount: 2_600 } as const;
const plan = (over: Partial<Parameters<typeof planNewcomers>[0]> = {}) =>
  planNewcomers({ seed: 7, asOfMs, growth: bass, ...over });

/** Sign-ups in each of so many equal parts of the span. */
function countsOf(starts: number[], durationMs: number, partCount: number): number[] {
  const counts = Array.from({ length: partCount }, () => 0);
  for (const startMs of starts) counts[Math.floor((startMs / durationMs) * partCount)]! += 1;
  return counts;
}

describe('newcomers on the S-curve', () => {
  it('come slowly, most of all at half of the span, and slowly again', () => {
    const counts = countsOf(
      plan().map(({ startMs }) => startMs),
      bass.durationMs,
      13,
    );
    const top = counts.indexOf(Math.max(...counts));
    // Published: the curve tops in week 26 of 52.
    expect(Math.abs(top - 6)).toBeLessThanOrEqual(1);
    expect(counts[0]!).toBeLessThan(0.45 * counts[top]!);
    expect(counts.at(-1)!).toBeLessThan(0.45 * counts[top]!);
    expect(plan()).toHaveLength(2_600);
  });

  it('are active people of the population’s shares who have never ordered, ascending in time', () => {
    const newcomers = plan();
    expect(newcomers.every(({ startMs }, i) => startMs >= (newcomers[i - 1]?.startMs ?? 0))).toBe(true);
    expect(newcomers.at(-1)!.startMs).toBeLessThan(bass.durationMs);
    for (const { person, startMs } of newcomers) {
      expect(person).toMatchObject({ status: 'ACTIVE', grade: 'BRONZE', lastOrderedAtMs: null });
      expect(person.createdAtMs).toBe(asOfMs + startMs);
    }
    const women = newcomers.filter(({ person }) => person.gender === 'F').length;
    expect(women / newcomers.length).toBeCloseTo(0.53, 1);
  });

  it('are the same for the same seed, and others for another', () => {
    expect(plan()).toEqual(plan());
    expect(plan({ seed: 8 })).not.toEqual(plan());
    const [first] = plan();
    // One more on the same curve moves times, never people.
    const [again] = plan({ growth: { ...bass, peopleCount: 2_601 } });
    expect({ ...again!.person, createdAtMs: 0 }).toEqual({ ...first!.person, createdAtMs: 0 });
  });
});

describe('newcomers in the founders’ batches', () => {
  const hours = (count: number) =>
    plan({ growth: { model: 'decay', durationMs: count * 60 * MINUTE_MS, peopleCount: 0 } });

  it('start with ten at once, then come in smaller batches after longer pauses', () => {
    const starts = hours(4).map(({ startMs }) => startMs);
    expect(starts.filter((startMs) => startMs === 0)).toHaveLength(10);
    const counts = countsOf(starts, 240 * MINUTE_MS, 4);
    for (const hour of [1, 2, 3]) expect(counts[hour]!).toBeLessThan(0.7 * counts[hour - 1]!);
    const batches = [...new Set(starts)];
    const pauses = batches.slice(1).map((startMs, index) => startMs - batches[index]!);
    expect(pauses.every((pause, index) => pause > (pauses[index - 1] ?? 0))).toBe(true);
  });

  it('bring about one person a second into a short run', () => {
    expect(hours(0.5 / 60)).toHaveLength(28);
  });
});

it('nobody signs up without a model', () => {
  expect(plan({ growth: { model: 'none', durationMs: MINUTE_MS, peopleCount: 9 } })).toEqual([]);
});
