import { describe, expect, it } from 'vitest';
import { createRandom } from './chance/random.ts';
import { fitBass } from './fit-laws.ts';
import { BASS, bassPlace, bassShare, bassWeek, decayBatch, planSignUps } from './growth.ts';

describe('the Bass curve', () => {
  it('has 92 % by week 52 and its steepest week at 26, as published', () => {
    expect(bassShare(BASS, 52)).toBeCloseTo(0.92, 2);
    const weekly = Array.from({ length: 52 }, (_, week) => bassShare(BASS, week + 1) - bassShare(BASS, week));
    expect(weekly.indexOf(Math.max(...weekly))).toBe(26);
  });

  it('is inverted by bassWeek', () => {
    for (const week of [0, 1, 26, 80]) expect(bassWeek(BASS, bassShare(BASS, week))).toBeCloseTo(week, 9);
  });

  it('places sign-ups in ascending order, each without the others, and is recovered within 10 %', () => {
    const random = createRandom(1, 'test');
    const places = Array.from({ length: 5_000 }, (_, i) => bassPlace(BASS, i, 5_000, random.uniform()));
    expect(places.every((place, i) => i === 0 || place >= places[i - 1]!)).toBe(true);
    expect(places[0]).toBeGreaterThanOrEqual(0);
    expect(places.at(-1)).toBeLessThan(1);
    const byWeek = Array.from({ length: 52 }, (_, w) => places.filter((place) => place * 52 <= w + 1).length);
    const { p, q } = fitBass(byWeek);
    expect(p / BASS.p).toBeCloseTo(1, 1);
    expect(q / BASS.q).toBeCloseTo(1, 1);
  });
});

describe('the founders’ decay', () => {
  it('starts with 10 people every 10 s and ends with one every 2 minutes', () => {
    expect(decayBatch(0)).toEqual({ peopleCount: 10, pauseMs: 10_000 });
    const late = decayBatch(24);
    expect(late.peopleCount).toBe(1);
    expect(late.pauseMs).toBeCloseTo(120_000, -2);
  });

  it('adds about 263,000 people in a year', () => {
    const year = planSignUps(
      { model: 'decay', durationMs: 365 * 86_400_000, peopleCount: 0 },
      createRandom(1, 'x'),
    );
    expect(year.length / 263_000).toBeCloseTo(1, 1);
  });
});

it('plans the wanted sign-ups of a live run inside it', () => {
  const offsets = planSignUps({ model: 'bass', durationMs: 60_000, peopleCount: 40 }, createRandom(1, 'x'));
  expect(offsets).toHaveLength(40);
  expect(offsets.every((at, i) => at >= (offsets[i - 1] ?? 0) && at < 60_000)).toBe(true);
  expect(planSignUps({ model: 'none', durationMs: 1, peopleCount: 9 }, createRandom(1, 'x'))).toEqual([]);
});
