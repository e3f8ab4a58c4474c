import { describe, expect, it } from 'vitest';
import {
  buyingTime,
  dayAtWeeks,
  dayText,
  dayWeight,
  monthOf,
  seoulDay,
  seoulDayStartMs,
  seoulHour,
  weekdayOf,
  weeksAt,
} from './calendar.ts';
import { PRESETS } from './presets.ts';

const day = seoulDay(Date.parse('2026-11-20T03:00:00Z'));

describe('Seoul’s days', () => {
  it('begin at 15:00 UTC of the day before', () => {
    expect(dayText(day)).toBe('2026-11-20');
    expect(new Date(seoulDayStartMs(day)).toISOString()).toBe('2026-11-19T15:00:00.000Z');
    expect(seoulHour(Date.parse('2026-11-20T11:00:00Z'))).toBe(20);
    expect(weekdayOf(day)).toBe(4);
    expect(monthOf(day)).toEqual({ month: 10, dayOfMonth: 20, dayCount: 30 });
  });
});

describe('the calendar’s weights', () => {
  it('give the founders about 65,000 orders a year, most in November', () => {
    const months = new Array<number>(12).fill(0);
    for (let d = seoulDay(Date.UTC(2026, 0, 1)); d < seoulDay(Date.UTC(2027, 0, 1)); d += 1) {
      months[monthOf(d).month]! += dayWeight(PRESETS.founding.calendar, d);
    }
    const year = months.reduce((a, b) => a + b);
    expect(year).toBeGreaterThan(61_000);
    expect(year).toBeLessThan(69_000);
    expect(months.indexOf(Math.max(...months))).toBe(10);
  });

  it('keep campaigns within the given 0.7 to 2.0, the largest in the third and fourth weeks of November', () => {
    const campaigns: Record<string, number> = PRESETS.founding.calendar.campaigns;
    const weights = Object.values(campaigns);
    expect(Math.min(...weights)).toBe(0.7);
    expect(Math.max(...weights)).toBe(2);
    const [first, second] = Object.keys(campaigns).sort((a, b) => campaigns[b]! - campaigns[a]!);
    expect([first, second]).toEqual(['11/3', '11/4']);
  });
});

describe('buying time', () => {
  const time = buyingTime(PRESETS.korea.calendar, day - 364, 365);

  it('is as long as the year and finds its days again', () => {
    expect(time.weeksAtDayStart.at(-1)).toBeCloseTo(365 / 7, 6);
    for (const at of [day - 364, day - 100, day]) expect(dayAtWeeks(time, weeksAt(time, at, 0.5))).toBe(at);
    expect(dayAtWeeks(time, 365 / 7 + 0.001)).toBeNull();
  });
});
