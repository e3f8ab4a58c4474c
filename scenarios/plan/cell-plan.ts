// Which single runs a scenario consists of, in which order: every variant once per block at every level, the order of the
// variants rotating from block to block, the same seed (so the same plan) within a block and a new one for the next.
import { rotateVariants } from '../../reports/statistics/rotation.ts';
import { variantName } from '../scenario/axis-values.ts';
import type { Strike } from '../scenario/comparison.ts';
import type { Comparison, Scenario } from '../scenario/scenario.ts';
import { assigned } from './assigned.ts';
import {
  capacityPlannedWith,
  type Level,
  levelsAt,
  WARM_UP_LEVEL,
  warmUpAssignments,
} from './levels-of-capacity.ts';

export type CellPlan = {
  variant: string;
  level: string | null;
  block: number;
  /** Place within its block and level, from 0. */
  order: number;
  seed: number;
  /** The scenario as this cell runs it. */
  scenario: Scenario;
  /** What it is run for where that is not the comparison or the answer. */
  purpose?: 'curve' | 'strike' | 'warm-up';
  /** Its figures stand beside those of the compared variants, under a name of its own. */
  isVariantOfItsOwn?: true;
};

const MAX_SEED = 2 ** 31 - 1;
/** Of unmeasured runs, where minutes count. */
const MOST_QUICK_ROUNDS = 2;

/**
 * All cells in the order in which they run. A scenario without a comparison is one cell, with the name that it gives its variant.
 * @param perSecond the capacity that levels may be multiples of; left out: as far as it is known beforehand
 * @throws Error when an assignment of the scenario's own variants or levels is wrong
 */
export function planCells(
  scenario: Scenario,
  seed: number,
  perSecond: number = capacityPlannedWith(scenario),
): CellPlan[] {
  const { comparison } = scenario;
  if (comparison === undefined) {
    return [{ variant: variantName(scenario), level: null, block: 0, order: 0, seed, scenario }];
  }
  const levels = levelsAt(scenario, perSecond);
  const { curveBlocks = comparison.blocks } = comparison.ofCapacity ?? {};
  const cells: CellPlan[] = [];
  for (let block = 0; block < comparison.blocks; block += 1) {
    for (const level of levels) {
      if (level.isOfCurveOnly && block >= curveBlocks) continue;
      const common = { level: levelOf(level, levels), block, seed: (seed + block) % MAX_SEED };
      const purpose = level.isOfCurveOnly ? { purpose: 'curve' as const } : {};
      rotateVariants(Object.entries(comparison.variants), block).forEach(([variant, variantSet], order) => {
        const own = assigned(scenario, [...level.assignments, ...variantSet]);
        cells.push({ ...common, variant, order, scenario: own, ...purpose });
      });
    }
  }
  const strikes = comparison.strikes ?? [];
  return [...cells, ...strikes.flatMap((strike) => strikeCells(scenario, strike, seed, levels))];
}

/** One level is not told apart by its name. */
function levelOf({ name }: Level, levels: readonly Level[]): string | null {
  return levels.length > 1 ? name : null;
}

/** After the blocks, with the plan of the first one: its variants at its level, with the fault in their span. */
function strikeCells(scenario: Scenario, strike: Strike, seed: number, levels: readonly Level[]): CellPlan[] {
  const {
    name,
    fault,
    atRatio,
    set = [],
    variants = Object.keys(scenario.comparison?.variants ?? {}),
  } = strike;
  const level = levels.find((one) => one.name === (strike.level ?? levels[0]?.name));
  if (level === undefined) return [];
  return variants.map((variant, order): CellPlan => {
    const variantSet = scenario.comparison?.variants[variant] ?? [];
    return {
      ...(name === undefined
        ? { variant, level: `${level.name}-${fault}` }
        : { variant: name, level: levelOf(level, levels), isVariantOfItsOwn: true as const }),
      block: 0,
      order,
      seed,
      scenario: {
        ...assigned(scenario, [...level.assignments, ...set, ...variantSet]),
        fault: { name: fault, atRatio },
      },
      purpose: 'strike',
    };
  });
}

/** The runs that nobody measures of one round, one of each variant that needs them; rounds count from 0. */
export function warmUpCells(scenario: Scenario, seed: number, perSecond: number, round: number): CellPlan[] {
  const { comparison } = scenario;
  const set = warmUpAssignments(scenario, perSecond);
  return (comparison?.warmUp?.variants ?? []).map((variant, order) => ({
    variant,
    level: WARM_UP_LEVEL,
    block: round,
    order,
    // No plan of a block.
    seed: (seed + (comparison?.blocks ?? 0) + round) % MAX_SEED,
    scenario: assigned(scenario, [...set, ...(comparison?.variants[variant] ?? [])]),
    purpose: 'warm-up',
  }));
}

/** The comparison or search with fewer and shorter cells: it may settle less and says so. */
export function asQuick(scenario: Scenario): Scenario {
  const { comparison, capacity } = scenario;
  if (capacity !== undefined) return assigned(scenario, capacity.quick);
  if (comparison === undefined) return scenario;
  const { quick } = comparison;
  const levels = Object.fromEntries(
    Object.entries(comparison.levels).filter(([level]) => quick.levels.includes(level)),
  );
  const isKept = (name: string) => quick.variants === undefined || quick.variants.includes(name);
  const variants = Object.fromEntries(Object.entries(comparison.variants).filter(([name]) => isKept(name)));
  const pairs = comparison.pairs.filter(({ baseline, candidate }) => isKept(baseline) && isKept(candidate));
  const set = assigned(scenario, quick.set);
  const { warmUp, ...kept } = withoutExtras(set.comparison ?? comparison);
  const rounds = warmUp && {
    warmUp: { ...warmUp, mostRounds: Math.min(MOST_QUICK_ROUNDS, warmUp.mostRounds) },
  };
  return { ...set, comparison: { ...kept, ...rounds, variants, pairs, levels, blocks: quick.blocks } };
}

/** Without its curve and its strikes. */
function withoutExtras({ strikes: _, ...comparison }: Comparison): Comparison {
  const { ofCapacity } = comparison;
  return ofCapacity === undefined ? comparison : { ...comparison, ofCapacity: { ...ofCapacity, curve: [] } };
}

/**
 * Both sides the same: the named variant, or the baseline of the first pair, against itself. Whatever this comparison claims, it
 * claims of nothing: EQUIVALENT and INCONCLUSIVE are right, anything else is the instrument's error.
 */
export function asAa(scenario: Scenario, named?: string): Scenario {
  const { comparison } = scenario;
  const side = named ?? comparison?.pairs[0]?.baseline;
  if (comparison === undefined || side === undefined) return scenario;
  const assignments = comparison.variants[side] ?? [];
  const [first, second] = [`${side}-a`, `${side}-b`];
  const kept = withoutExtras(comparison);
  return {
    ...scenario,
    comparison: {
      ...kept,
      ...(kept.warmUp === undefined ? {} : { warmUp: { ...kept.warmUp, variants: [first] } }),
      variants: { [first]: assignments, [second]: assignments },
      pairs: [{ baseline: first, candidate: second, tells: `${side} against itself` }],
      declared: true,
    },
  };
}
