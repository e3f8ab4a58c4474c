import { describe, expect, it } from 'vitest';
import { peakHour } from '../questions/peak-hour.ts';
import { healthySummary } from '../testing.ts';
import type { FinishedCell } from '../verdict/summarise-run.ts';
import { blocksToRepeat, repeatSpoilt } from './spoilt-blocks.ts';

const LATE = { ...healthySummary, latenessP99Ms: 900 };

/** Four blocks of two variants at two levels; a cell is late where `isLate` says so. */
function finishedCells(isLate: (cell: { variant: string; level: string; block: number }) => boolean) {
  return [0, 1, 2, 3].flatMap((block) =>
    ['light', 'near'].flatMap((level) =>
      ['direct', 'kafka'].map((variant, order) => {
        const plan = { variant, level, block, order, seed: block, scenario: peakHour };
        const summary = isLate(plan) ? LATE : healthySummary;
        return { plan, directory: '/nowhere', outcome: { summary, stealMaxRatio: 0 } } as FinishedCell;
      }),
    ),
  );
}

const names = (finished: FinishedCell[]) =>
  blocksToRepeat(finished).map(({ cells }) =>
    cells.map(({ variant, level, block }) => `${variant} ${level} ${block}`),
  );

describe('blocks to repeat', () => {
  it('are those in which the generator was in the way, at their level alone and with all their variants', () => {
    expect(names(finishedCells(() => false))).toEqual([]);
    const finished = finishedCells(
      ({ variant, level, block }) => [variant, level, block].join(' ') === 'kafka near 2',
    );
    expect(names(finished)).toEqual([['direct near 2', 'kafka near 2']]);
    expect(blocksToRepeat(finished)[0]?.reasons).toEqual([
      expect.stringMatching(/^kafka: 1 in 100 starts was more than 900\.0 ms late/),
    ]);
  });

  it('are not those of a run beside them: a strike is spoilt alone', () => {
    const finished = finishedCells(() => false);
    const [first] = finished;
    if (first === undefined) throw new Error('nothing has finished');
    const plan = { ...first.plan, variant: 'kafka-struck', purpose: 'strike' as const };
    const struck = { ...first, plan, outcome: { ...first.outcome, summary: LATE } };
    expect(names([...finished, struck])).toEqual([['kafka-struck light 0']]);
  });

  it('are judged by each of several generators, which may together use more than a core', () => {
    const shards = Array.from({ length: 4 }, () => healthySummary);
    const summary = { ...healthySummary, cpuSeconds: 4 * healthySummary.cpuSeconds, shards };
    const [first, ...others] = finishedCells(() => false);
    expect(names([{ ...first!, outcome: { ...first!.outcome, summary } }, ...others])).toEqual([]);
  });

  it('are none when more than a quarter is spoilt: then it is the machine', () => {
    expect(names(finishedCells(({ block, level }) => block < 2 && level === 'near'))).toHaveLength(2);
    expect(names(finishedCells(({ block, level }) => block < 3 && level === 'near'))).toEqual([]);
  });
});

it('are run again in place, each cell once and told why', async () => {
  const finished = finishedCells(
    ({ variant, level, block }) => `${variant}${level}${block}` === 'kafkanear2',
  );
  const before = [...finished];
  const again: string[] = [];
  await repeatSpoilt(finished, async (plan, because) => {
    again.push(`${plan.variant} ${plan.level} ${plan.block}: ${because.length}`);
    return { ...before[0]!, plan, directory: '/again' };
  });
  expect(again).toEqual(['direct near 2: 1', 'kafka near 2: 1']);
  expect(finished.map(({ plan }) => plan)).toEqual(before.map(({ plan }) => plan));
  expect(finished.filter(({ directory }) => directory === '/again')).toHaveLength(2);
});
