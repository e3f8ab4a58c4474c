// Which single runs a scenario consists of, in which order: every variant once per block at every level, the order of the
// variants rotating from block to block, the same seed (so the same plan) within a block and a new one for the next.
import { rotateVariants } from '../../reports/statistics/rotation.ts';
import { variantName } from '../scenario/axis-values.ts';
import { applyOverrides } from '../scenario/overrides.ts';
import type { Comparison, Scenario } from '../scenario/scenario.ts';

export type CellPlan = {
  variant: string;
  level: string | null;
  block: number;
  /** Place within its block and level, from 0. */
  order: number;
  seed: number;
  /** The scenario as this cell runs it. */
  scenario: Scenario;
};

const MAX_SEED = 2 ** 31 - 1;

/**
 * All cells in the order in which they run. A scenario without a comparison is one cell, with the name that it gives its variant.
 * @throws Error when an assignment of the scenario's own variants or levels is wrong
 */
export function planCells(scenario: Scenario, seed: number): CellPlan[] {
  const { comparison } = scenario;
  if (comparison === undefined) {
    return [{ variant: variantName(scenario), level: null, block: 0, order: 0, seed, scenario }];
  }
  const levels = Object.entries(comparison.levels);
  const cells: CellPlan[] = [];
  for (let block = 0; block < comparison.blocks; block += 1) {
    for (const [level, levelSet] of levels) {
      rotateVariants(Object.entries(comparison.variants), block).forEach(([variant, variantSet], order) => {
        cells.push({
          variant,
          level: levels.length > 1 ? level : null,
          block,
          order,
          seed: (seed + block) % MAX_SEED,
          scenario: assigned(scenario, [...levelSet, ...variantSet]),
        });
      });
    }
  }
  return [...cells, ...struckCells(scenario, comparison, seed)];
}

/** After the blocks, with the plan of the first one and at the first level. */
function struckCells(scenario: Scenario, comparison: Comparison, seed: number): CellPlan[] {
  const [levelSet = []] = Object.values(comparison.levels);
  return (comparison.struck ?? []).map(({ name, like, fault }) => ({
    variant: name,
    level: null,
    block: 0,
    order: Object.keys(comparison.variants).length,
    seed,
    scenario: { ...assigned(scenario, [...levelSet, ...(comparison.variants[like] ?? [])]), fault },
  }));
}

/**
 * The scenario with assignments that it makes itself.
 * @throws Error when one of them is wrong
 */
export function assigned(scenario: Scenario, assignments: readonly string[]): Scenario {
  const result = applyOverrides(scenario, assignments);
  if (result.kind === 'ok') return result.scenario;
  throw new Error(`Scenario ${scenario.name} has variants that cannot run: ${result.mistakes.join(' ')}`);
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
  return {
    ...assigned(scenario, quick.set),
    comparison: { ...comparison, variants, pairs, levels, blocks: quick.blocks, struck: [] },
  };
}

/**
 * Both sides the same: the baseline of the first pair against itself. Whatever this comparison claims, it claims of
 * nothing: EQUIVALENT and INCONCLUSIVE are right, anything else is the instrument's error.
 */
export function asAa(scenario: Scenario): Scenario {
  const { comparison } = scenario;
  const baseline = comparison?.pairs[0]?.baseline;
  if (comparison === undefined || baseline === undefined) return scenario;
  const assignments = comparison.variants[baseline] ?? [];
  const [first, second] = [`${baseline}-a`, `${baseline}-b`];
  return {
    ...scenario,
    comparison: {
      ...comparison,
      struck: [],
      variants: { [first]: assignments, [second]: assignments },
      pairs: [{ baseline: first, candidate: second, tells: 'nothing: both sides are the same' }],
      declared: true,
    },
  };
}

/** How long the cells take in all, warm, in seconds: load, lead-in, drain and about 12 s around them. */
export function expectedSeconds(cells: readonly CellPlan[]): number {
  const [only] = cells;
  if (cells.length === 1 && only !== undefined && only.scenario.comparison === undefined) {
    const { durationSeconds, leadInSeconds, drainSeconds } = only.scenario.load;
    return 20 + durationSeconds + leadInSeconds + drainSeconds;
  }
  return cells.reduce(
    (sum, { scenario: { load } }) => sum + 12 + load.durationSeconds + load.leadInSeconds + 3,
    20,
  );
}
