import fc from 'fast-check';
import { mean, standardDeviation } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { createRandom, type Random, uuidText, uuidv7 } from './random.ts';
import { cumulate, draw, indexedDraw, weightedKeys } from './weighted-choice.ts';

const N = 40_000;
const sample = (of: (random: Random) => number, name = 'sample'): number[] => {
  const random = createRandom(7, name);
  return Array.from({ length: N }, () => of(random));
};
const first = (seed: number, ...names: (string | number)[]): number[] => {
  const random = createRandom(seed, ...names);
  return [random.uniform(), random.uniform(), random.uniform()];
};

describe('createRandom', () => {
  it('gives the same stream for the same seed and names', () => {
    expect(first(1, 'people', 3)).toEqual(first(1, 'people', 3));
  });

  it('gives another stream for another seed, name, order or type of name', () => {
    const streams = [
      first(1, 'a', 'b'),
      first(2, 'a', 'b'),
      first(1, 'b', 'a'),
      first(1, 'ab'),
      first(1, 'a', 1),
    ];
    streams.push(first(1, 'a', '1'), first(1));
    expect(new Set(streams.map((stream) => stream.join())).size).toBe(streams.length);
  });

  it('keeps streams of neighbouring names uncorrelated', () => {
    const values = Array.from({ length: N }, (_, index) => createRandom(5, 'session', index).uniform());
    const pairs = values.slice(1).map((value, index) => (value - 0.5) * ((values[index] ?? 0) - 0.5) * 12);
    expect(Math.abs(mean(values) - 0.5)).toBeLessThan(0.005);
    expect(Math.abs(mean(pairs))).toBeLessThan(0.02);
  });

  it.each([
    ['uniform', (r: Random) => r.uniform(), 1 / 2, Math.sqrt(1 / 12)],
    ['exponential(2)', (r: Random) => r.exponential(2), 1 / 2, 1 / 2],
    ['normal', (r: Random) => r.normal(), 0, 1],
    ['gamma(0.5)', (r: Random) => r.gamma(0.5), 0.5, Math.sqrt(0.5)],
    ['gamma(9)', (r: Random) => r.gamma(9), 9, 3],
    ['beta(2, 5)', (r: Random) => r.beta(2, 5), 2 / 7, Math.sqrt(10 / (49 * 8))],
    ['weibull(2, 3)', (r: Random) => r.weibull(2, 3), 2.6587, 1.3898],
    ['integer(1, 6)', (r: Random) => r.integer(1, 6), 3.5, Math.sqrt(35 / 12)],
  ])('%s has its textbook mean and standard deviation', (_, of, expectedMean, expectedDeviation) => {
    const values = sample(of);
    expect(Math.abs(mean(values) - expectedMean)).toBeLessThan((5 * expectedDeviation) / Math.sqrt(N));
    expect(standardDeviation(values) / expectedDeviation).toBeCloseTo(1, 1);
  });

  it('stays inside its ranges', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -50, max: 50 }), fc.nat(100), (seed, low, width) => {
        const random = createRandom(seed, 'range');
        const drawn = random.integer(low, low + width);
        const share = random.uniform();
        return drawn >= low && drawn <= low + width && share >= 0 && share < 1;
      }),
    );
  });

  it('refuses to pick from nothing', () => {
    expect(() => createRandom(1).pick([])).toThrow('empty');
  });
});

describe('weighted choices', () => {
  it('draw in proportion to the weights and never what weighs nothing', () => {
    const random = createRandom(3, 'weights');
    const choice = weightedKeys({ never: 0, rarely: 1, often: 3, neverEither: 0 });
    const counts = { never: 0, rarely: 0, often: 0, neverEither: 0 };
    for (let i = 0; i < N; i += 1) counts[draw(choice, random)] += 1;
    expect(counts.never + counts.neverEither).toBe(0);
    expect(counts.often / N).toBeCloseTo(0.75, 2);
  });

  it('give the same index by a table of starts as by bisection', () => {
    const weight = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(weight, { minLength: 1, maxLength: 60 }), fc.integer(), (weights, seed) => {
        const cumulated = cumulate([...weights, 1]);
        const drawIndex = indexedDraw(cumulated);
        const [one, other] = [createRandom(seed), createRandom(seed)];
        for (let i = 0; i < 50; i += 1) expect(drawIndex(one)).toBe(other.weighted(cumulated));
      }),
    );
  });

  it('refuse weights that mean nothing', () => {
    expect(() => indexedDraw(Float64Array.of(0, 0))).toThrow('total is 0');
    expect(() => cumulate([0, 0])).toThrow('add up to 0');
    expect(() => cumulate([1, -1])).toThrow('-1');
    expect(() => createRandom(1).weighted([])).toThrow('total is 0');
  });
});

describe('uuidv7', () => {
  it('carries its instant, version and variant and repeats with the stream', () => {
    const id = uuidText(uuidv7(createRandom(1, 'ids'), Date.UTC(2026, 10, 20)));
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.UTC(2026, 10, 20));
    expect(uuidText(uuidv7(createRandom(1, 'ids'), Date.UTC(2026, 10, 20)))).toBe(id);
  });

  it('does not repeat within a stream', () => {
    const random = createRandom(1, 'ids');
    expect(new Set(Array.from({ length: 10_000 }, () => uuidText(uuidv7(random, 1_000)))).size).toBe(10_000);
  });
});
