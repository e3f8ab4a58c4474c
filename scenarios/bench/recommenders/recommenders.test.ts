import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../sim/history/year/settings.ts';
import { bestUnknown, holdOut, qualityOf } from './held-out.ts';
import { historyBaskets } from './history-baskets.ts';
import { byEase, byItemCosine, byPopularity } from './references.ts';
import { readBaskets } from './supermarket-baskets.ts';

const baskets = [[1, 0], [2, 1, 0], [3], [0, 1, 2], [3, 2]];

describe('holding out', () => {
  it('takes of basket u the thing at place (u · 7919) mod length of the ordered basket, of two things at least', () => {
    expect(holdOut(4, baskets)).toEqual({
      itemCount: 4,
      known: [[1], [0, 1], [1, 2], [3]],
      heldOut: [0, 2, 0, 2],
    });
  });

  it('finds the ten best of what is not known, the smaller number first among equals', () => {
    const scores = Float64Array.from([5, 9, 1, 1, 7, 7, 0, 0, 0, 0, 0, 0, -1]);
    expect(bestUnknown(scores, [1])).toEqual([4, 5, 0, 2, 3, 6, 7, 8, 9, 10]);
    expect(bestUnknown(Float64Array.of(1, 2), [1])).toEqual([0]);
  });

  it('gains 1 / log₂(1 + place) for a hit in the first ten places', () => {
    const list = [8, 9, 10, 11, 12, 13, 14, 15, 16, 7, 6];
    expect(qualityOf([8, 10, 6], [list, list, list])).toEqual({ hitRate: 2 / 3, ndcg: (1 + 1 / 2) / 3 });
    expect(() => qualityOf([1], [])).toThrow('There are 0 lists; needed is one for each of 1 baskets.');
  });
});

describe('the references, on baskets small enough to be worked out by hand', () => {
  const heldOut = { itemCount: 4, known: [[0, 1], [0, 1], [0, 2], [3], [1]], heldOut: [] };

  it('popularity ranks what most have, but nothing that is known', () => {
    expect(byPopularity(heldOut)).toEqual([
      [2, 3],
      [2, 3],
      [1, 3],
      [0, 1, 2],
      [0, 2, 3],
    ]);
  });

  it('the cosine of items ranks what stands in the same baskets', () => {
    // cos(0,1) = 2/3, cos(0,2) = 1/√3, cos(1,2) = 0
    expect(byItemCosine(heldOut)[4]).toEqual([0, 2, 3]);
    expect(byItemCosine({ ...heldOut, known: [[2], [0, 1], [0, 2]] })[0]).toEqual([0, 1, 3]);
  });

  it('EASE ranks a thing that goes against a known one below one of which nothing is known', () => {
    // Of thing 0, with λ 1: to thing 1 by [[4, 0], [0, 3]] w = [2, 2] it is 1/2, to thing 2 by [[4, 2], [2, 5]] w = [0, 2] −1/4.
    const against = { itemCount: 4, known: [[0, 1], [0, 1], [0], [1, 2], [1, 2]], heldOut: [] };
    expect(byEase(1)(against)[2]).toEqual([1, 3, 2]);
    expect(byItemCosine(against)[2]).toEqual([1, 2, 3]);
  });
});

describe('the baskets', () => {
  const text = [
    '% comment',
    '@relation supermarket',
    "@attribute 'bread and cake' { t}",
    '@attribute department2 { t}',
    "@attribute 'total' { low, high} % low < 100",
    '@data',
    't,?,low',
    't,t,high',
    '',
  ].join('\n');

  it('are read from ARFF, each attribute but the total a thing', () => {
    expect(readBaskets(text)).toEqual({ itemCount: 2, baskets: [[0], [0, 1]] });
  });

  it('are refused where the file is another one', () => {
    expect(() => readBaskets(text.replace("'total'", "'class'"))).toThrow(
      'needed are @data and a last one "total"',
    );
    expect(() => readBaskets(text.replace('t,t,high', 't,high'))).toThrow(
      'Line 8 of the baskets has 2 values',
    );
  });

  it('of a history are numbered by how many people bought each product, of people with enough of them', () => {
    const settings = { ...DEFAULT_SETTINGS, untilMs: Date.UTC(2026, 0, 1), people: 400, products: 200 };
    const { itemCount, baskets } = historyBaskets({ settings, itemCount: 20, leastItems: 2 });
    const buyersOf = (item: number) => baskets.filter((basket) => basket.includes(item)).length;
    expect(itemCount).toBe(20);
    expect(baskets.length).toBeGreaterThan(50);
    expect(baskets.every((basket) => basket.length >= 2 && new Set(basket).size === basket.length)).toBe(
      true,
    );
    expect(buyersOf(0)).toBeGreaterThan(buyersOf(19));
  });
});
