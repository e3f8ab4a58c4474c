import { describe, expect, it } from 'vitest';
import { type GatheredTimings, layoutShiftOf, timingsOf } from './page-timings.ts';

const gathered: GatheredTimings = {
  responseStartMs: 12,
  fcpMs: 90,
  lcpMs: 240,
  shifts: [[100, 0.02]],
  interactions: [],
};

describe('the layout shift of a page', () => {
  it('is 0 where nothing moved', () => {
    expect(layoutShiftOf([])).toBe(0);
  });

  it('is that of its worst burst: shifts with less than a second between them are felt as one', () => {
    expect(
      layoutShiftOf([
        [0, 0.1],
        [900, 0.1],
        [1_900, 0.15],
        [2_800, 0.02],
      ]),
    ).toBeCloseTo(0.2);
  });

  it('has bursts of five seconds at most', () => {
    const steady = Array.from({ length: 12 }, (_, index) => [index * 500, 0.01] as const);
    expect(layoutShiftOf(steady)).toBeCloseTo(0.1);
  });
});

describe('the timings of a page', () => {
  it('are its own until it was clicked on; a page that follows the click adds nothing to them', () => {
    const after = { ...gathered, lcpMs: 900, shifts: [...gathered.shifts, [800, 0.5] as const] };
    expect(timingsOf(gathered, after)).toEqual({
      ttfbMs: 12,
      fcpMs: 90,
      lcpMs: 240,
      cls: 0.02,
      inpMs: null,
    });
  });

  it('have the longest interaction', () => {
    const interactions = [
      [1, 24],
      [1, 56],
      [2, 16],
    ] as const;
    expect(timingsOf(gathered, { ...gathered, interactions }).inpMs).toBe(56);
    expect(timingsOf(gathered, null).inpMs).toBeNull();
  });
});
