import { describe, expect, it } from 'vitest';
import { kafkaOnOff } from '../questions/kafka-on-off.ts';
import { regression } from '../questions/regression.ts';
import { asAa, asQuick, planCells, warmUpCells } from './cell-plan.ts';
import {
  capacityLevelMistakes,
  capacityPlannedWith,
  levelsAt,
  needsCapacity,
  strikeMistakes,
} from './levels-of-capacity.ts';

describe('levels that are multiples of a capacity', () => {
  it('have their rate from it, and the curve its eight points', () => {
    const cells = planCells(kafkaOnOff, 1, 1_000);
    const rateOf = (level: string) =>
      cells.find((cell) => cell.level === level)?.scenario.load.ordersPerSecond;
    expect(['light', 'near', 'over', 'far-over', 'burst'].map(rateOf)).toEqual([100, 750, 1_500, 3_000, 100]);
    const points = levelsAt(kafkaOnOff, 1_000).filter(({ name }) => name !== 'burst');
    expect(points.map(({ ratio }) => ratio).sort()).toEqual([0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3]);
    expect(new Set(cells.filter(({ purpose }) => purpose === 'curve').map(({ level }) => level))).toEqual(
      new Set(['25-percent', '50-percent', '100-percent', '200-percent']),
    );
  });

  it('run in every block, and what is for the curve only in as many as are said', () => {
    const blocksOf = (curveBlocks: number | undefined, isOfCurve: boolean) => {
      const { comparison } = kafkaOnOff;
      if (comparison?.ofCapacity === undefined) throw new Error('kafka-on-off has no levels of a capacity');
      const { curveBlocks: _, ...ofCapacity } = comparison.ofCapacity;
      const asked = curveBlocks === undefined ? ofCapacity : { ...ofCapacity, curveBlocks };
      return planCells({ ...kafkaOnOff, comparison: { ...comparison, ofCapacity: asked } }, 1)
        .filter(({ purpose, order }) => order === 0 && (purpose === 'curve') === isOfCurve)
        .filter(({ purpose }) => purpose !== 'strike')
        .map(({ block }) => block);
    };
    expect(blocksOf(2, true)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
    expect(new Set(blocksOf(2, false))).toEqual(new Set([0, 1, 2]));
    expect(new Set(blocksOf(undefined, true))).toEqual(new Set([0, 1, 2]));
  });

  it('have a crowd large enough for the highest rate, that of a burst among them, and no more people than there are', () => {
    const peopleAt = (perSecond: number, level: string) =>
      planCells(kafkaOnOff, 1, perSecond).find((cell) => cell.level === level)?.scenario.load.crowdPeople;
    expect(peopleAt(1_000, 'light')).toBe(1_000);
    expect(peopleAt(1_000, 'near')).toBe(1_500);
    expect(peopleAt(1_000, 'burst')).toBe(6_000);
    expect(peopleAt(6_000, 'far-over')).toBe(kafkaOnOff.data.people);
  });

  it('are planned with what is expected until the capacity is known, and with what was given', () => {
    expect(needsCapacity(kafkaOnOff)).toBe(true);
    expect(capacityPlannedWith(kafkaOnOff)).toBe(700);
    const quick = asQuick(kafkaOnOff);
    expect(needsCapacity(quick)).toBe(false);
    expect(planCells(quick, 1)[0]?.scenario.load.ordersPerSecond).toBe(40);
  });

  it('leave other comparisons as they are, for which a capacity is a mistake', () => {
    expect(planCells(regression, 1)[0]?.scenario.load).toEqual(regression.load);
    expect(capacityLevelMistakes(regression)).toEqual([]);
    const { comparison } = regression;
    if (comparison === undefined) throw new Error('regression compares nothing');
    const given = { ...regression, comparison: { ...comparison, capacityPerSecond: 100 } };
    expect(capacityLevelMistakes(given).join()).toContain('not multiples of a capacity');
  });
});

describe('beside the compared runs', () => {
  it('one of each variant at the end has the fault', () => {
    const struck = planCells(kafkaOnOff, 1, 1_000).filter(({ purpose }) => purpose === 'strike');
    expect(struck.map(({ variant }) => variant)).toEqual(['direct', 'direct-batched', 'kafka']);
    expect(struck[0]).toMatchObject({
      level: 'burst-api-kill',
      scenario: {
        fault: { name: 'api-kill', atRatio: 0.5 },
        load: { burstFactor: 30 },
        generator: { latenessP99MsAtMost: 5_000 },
      },
    });
    expect(planCells(kafkaOnOff, 1).at(-1)?.purpose).toBe('strike');
  });

  it('a strike of one variant with a name of its own is at the first level unless told, and told as a variant', () => {
    const { comparison } = kafkaOnOff;
    if (comparison === undefined) throw new Error('kafka-on-off compares nothing');
    const strikes = [{ fault: 'broker-kill', atRatio: 0.2, variants: ['kafka'], name: 'kafka-bereft' }];
    const scenario = { ...kafkaOnOff, comparison: { ...comparison, strikes } };
    expect(planCells(scenario, 1, 1_000).filter(({ purpose }) => purpose === 'strike')).toMatchObject([
      {
        variant: 'kafka-bereft',
        level: 'light',
        isVariantOfItsOwn: true,
        scenario: { orders: { transport: 'kafka' }, fault: { name: 'broker-kill', atRatio: 0.2 } },
      },
    ]);
    expect(strikeMistakes(scenario)).toEqual([]);
    const wrong = [
      { fault: 'broker-kill', atRatio: 0.2, level: 'heavy', variants: ['kafka', 'rabbit'], name: 'bereft' },
    ];
    expect(strikeMistakes({ ...scenario, comparison: { ...comparison, strikes: wrong } })).toEqual([
      expect.stringContaining('found level heavy. Needed: one of light, near'),
      expect.stringContaining('found variant rabbit. Needed: one of direct, direct-batched, kafka'),
      expect.stringContaining('found name bereft for kafka, rabbit'),
    ]);
  });

  it('runs that nobody measures have a level, a plan and folders of their own', () => {
    const [first] = warmUpCells(kafkaOnOff, 1, 1_000, 0);
    const [second] = warmUpCells(kafkaOnOff, 1, 1_000, 1);
    expect(first).toMatchObject({ variant: 'kafka', level: 'warm-up', block: 0, purpose: 'warm-up' });
    expect(first?.scenario).toMatchObject({ load: { ordersPerSecond: 500 }, orders: { transport: 'kafka' } });
    expect(second?.block).toBe(1);
    expect(second?.seed).not.toBe(first?.seed);
  });

  it('a quick run and one of a side against itself have neither curve nor strike', () => {
    for (const scenario of [asQuick(kafkaOnOff), asAa(kafkaOnOff)])
      expect(new Set(planCells(scenario, 1).map(({ purpose }) => purpose))).toEqual(new Set([undefined]));
  });

  it('a named variant can be held against itself, warmed up as that variant', () => {
    const aa = asAa(kafkaOnOff, 'kafka');
    expect(aa.comparison).toMatchObject({
      pairs: [{ baseline: 'kafka-a', candidate: 'kafka-b' }],
      warmUp: { variants: ['kafka-a'] },
      ofCapacity: { variant: 'direct', set: ['orders.transport=direct'] },
    });
    expect(warmUpCells(aa, 1, 1_000, 0)[0]?.scenario.orders.transport).toBe('kafka');
  });
});
