// Blocks of a comparison in which the generator was in the way: they are run once more, all variants of them, when all others
// have run. Whether a block is repeated rests on the generator's own health alone, never on what the shop did.
import type { CellPlan } from '../plan/cell-plan.ts';
import { judgeGenerators } from '../verdict/generator-health.ts';
import type { FinishedCell } from '../verdict/summarise-run.ts';

/** Beyond this share of the blocks it is the machine that is too busy, not a moment of it: the run stays INVALID. */
const MOST_REPEATED_RATIO = 0.25;

export type SpoiltBlock = {
  cells: readonly CellPlan[];
  /** What was wrong with the generator, and in which variant. */
  reasons: string[];
};

/** The blocks to run again, in their order; none when more than a quarter (and more than one) is spoilt. */
export function blocksToRepeat(finished: readonly FinishedCell[]): SpoiltBlock[] {
  const blocks = Map.groupBy(finished, ({ plan }) => `${plan.purpose} ${plan.block} ${plan.level}`);
  const spoilt = [...blocks.values()].flatMap((cells) => {
    const reasons = cells.flatMap(({ plan, outcome: { summary, stealMaxRatio } }) =>
      judgeGenerators({ summary, stealMaxRatio }, plan.scenario.generator).reasons.map(
        (reason) => `${plan.variant}: ${reason}`,
      ),
    );
    return reasons.length === 0 ? [] : [{ cells: cells.map(({ plan }) => plan), reasons }];
  });
  return spoilt.length > Math.max(1, MOST_REPEATED_RATIO * blocks.size) ? [] : spoilt;
}

/** Runs those blocks again and puts each new cell in the place of its first attempt. */
export async function repeatSpoilt(
  finished: FinishedCell[],
  runAgain: (plan: CellPlan, because: readonly string[]) => Promise<FinishedCell>,
): Promise<void> {
  for (const { cells, reasons } of blocksToRepeat(finished)) {
    for (const plan of cells) {
      const index = finished.findIndex((other) => other.plan === plan);
      finished[index] = await runAgain(plan, reasons);
    }
  }
}
