import { describe, expect, it } from 'vitest';
import { crossingSentence } from '../words/of-capacity-words.ts';
import { type CurvePoint, crossingOf } from './crossing.ts';

const RATES = [100, 350, 700, 950, 1_400, 3_100];

/** Points at those rates with these waits in ms ("≥" where a text), keeping up as far as `holdsTo`. */
function side(waits: readonly (number | string | null)[], holdsTo: number): CurvePoint[] {
  return waits.map((wait, index) => {
    const offeredPerSecond = RATES[index] ?? 0;
    const p50 = wait === null ? null : { ms: Number(wait), isAtLeast: typeof wait === 'string' };
    const isHeld = offeredPerSecond <= holdsTo;
    return {
      offeredPerSecond,
      p50,
      keptUpRatio: isHeld ? 1 : 0.6,
      refusedPerSecond: isHeld ? 0 : 300,
    };
  });
}
const direct = side([6, 7, 9, 400, 3_000, '30000'], 700);
const kafka = side([12, 13, 15, 20, 30, 90], 3_100);
const named = { baseline: 'direct', candidate: 'kafka', arrivals: 'orders' };

describe('where two curves cross', () => {
  it('is told by the rates at which it was seen, with what the slower side costs and how far either holds', () => {
    const crossing = crossingOf(direct, kafka, 0.05);
    expect(crossing).toEqual({
      outcome: 'crosses',
      slowerUpTo: 700,
      costMs: 6,
      fasterFrom: 950,
      baselineHoldsTo: 700,
      candidateHoldsTo: 3_100,
      mostOffered: 3_100,
    });
    expect(crossingSentence(named, crossing)).toBe(
      'Up to about 700 orders/s kafka costs 6 ms (median); from 950 orders/s on it is faster than direct; direct keeps up to 700 orders/s and refuses or falls behind beyond, kafka keeps up to 3,100 orders/s, the most that was asked for.',
    );
  });

  it('is nowhere where one side is slower throughout, or both are alike', () => {
    const slower = crossingOf(side([6, 7, 9, 9, 9, 9], 3_100), kafka, 0.05);
    expect(slower).toMatchObject({ outcome: 'always-slower', slowerUpTo: 3_100, fasterFrom: null });
    expect(crossingSentence(named, slower)).toContain('No crossing: kafka costs');
    const faster = crossingOf(kafka, side([6, 7, 9, 9, 9, 9], 3_100), 0.05);
    expect(faster).toMatchObject({ outcome: 'always-faster', slowerUpTo: null, fasterFrom: 100 });
    expect(crossingSentence(named, faster)).toContain('No crossing');
    expect(crossingOf(kafka, kafka, 0.05).outcome).toBe('alike');
  });

  it('is not claimed where the curves change places more than once', () => {
    const wild = crossingOf(side([10, 10, 10, 10, 10, 10], 3_100), side([20, 5, 20, 5, 20, 5], 3_100), 0.05);
    expect(wild.outcome).toBe('unclear');
    expect(crossingSentence(named, wild)).toContain('No clear crossing');
    expect(crossingOf(kafka, direct, 0.05).outcome).toBe('crosses-back');
  });

  it('takes a wait that was cut off for a lower bound, and a missing one for nothing', () => {
    const cut = side([6, 7, '30000', '30000', '30000', '30000'], 350);
    const own = crossingOf(cut, side([12, 13, '30000', '30000', 40_000, 90], 3_100), 0.05);
    expect(own).toMatchObject({ outcome: 'crosses', slowerUpTo: 350, fasterFrom: 3_100 });
    const none = crossingOf(side(Array(6).fill(null), 0), kafka, 0.05);
    expect(none).toMatchObject({ outcome: 'unclear', baselineHoldsTo: null, costMs: null });
    expect(crossingSentence(named, none)).toContain('direct does not keep up even with the lowest');
  });

  it('stands only on rates that both sides have', () => {
    expect(crossingOf(direct.slice(0, 3), kafka, 0.05).mostOffered).toBe(700);
    expect(() => crossingOf(direct.slice(0, 1), kafka.slice(1), 0.05)).toThrow('without a rate in common');
  });
});
