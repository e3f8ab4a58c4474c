import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { noiseSentence } from '../../reports/words/noise-words.ts';
import { judgeNoise, measureNoise, pairedSd } from './machine-noise.ts';

const quiet = { measuredSd: 0.03, stealRatio: 0, loadPerCore: 0.2, probeSeconds: 2.5 };

describe('the machine before a comparison', () => {
  it('is quiet when its noise is within what the scenario was planned with', () => {
    const noise = judgeNoise(quiet, 0.07);
    expect(noise).toMatchObject({ ...quiet, expectedSd: 0.07, isNoisy: false, reasons: [] });
    expect(noiseSentence(noise)).toBe(
      'The machine is quiet: the same work differs by 3 % (SD) from moment to moment, planned with 7 %; steal 0 %, load 0.2 a core.',
    );
  });

  it('is noisy for each reason by itself, and says the value found and the value needed', () => {
    const reasonsOf = (over: Partial<typeof quiet>) => judgeNoise({ ...quiet, ...over }, 0.07).reasons;
    expect(reasonsOf({ measuredSd: 0.12 })).toEqual([
      'the same work took 12.0 % (SD) more or less time from one moment to the next; planned with 7.0 %',
    ]);
    expect(reasonsOf({ stealRatio: 0.05 })).toEqual([
      'the hypervisor took 5.0 % of the CPU time; need ≤ 2.0 %',
    ]);
    expect(reasonsOf({ loadPerCore: 6 })).toEqual([
      '6.0 programs a core wanted to run over the last minute; need ≤ 0.7',
    ]);
  });

  it('comes with advice when it is noisy', () => {
    const noise = judgeNoise({ ...quiet, measuredSd: 0.12, loadPerCore: 6 }, 0.07);
    expect(noise.reasons).toHaveLength(2);
    expect(noiseSentence(noise)).toMatch(/^The machine is noisy: .*; 6\.0 programs .* run more blocks/);
  });

  it('has the spread of pairs of moments: a steady drift within pairs only is no spread', () => {
    expect(pairedSd([1, 1.1, 2, 2.2, 4, 4.4])).toBeCloseTo(0, 10);
    // Log-ratios ±ln 2: their sample SD is √2 · ln 2.
    expect(pairedSd([1, 2, 2, 1])).toBeCloseTo(Math.SQRT2 * Math.LN2, 10);
  });

  it('is measured by real work', async () => {
    const reading = await measureNoise(() => performance.now(), availableParallelism());
    expect(reading.measuredSd).toBeGreaterThan(0);
    expect(reading.measuredSd).toBeLessThan(10);
    expect(reading.stealRatio).toBeGreaterThanOrEqual(0);
    expect(reading.probeSeconds).toBeGreaterThan(2);
  });
});
