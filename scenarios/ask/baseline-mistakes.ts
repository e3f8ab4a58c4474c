// Whether a run can be held against a baseline at all, asked before anything starts: a gate that can never give a verdict would
// let everything pass.
import type { ComparedRun } from '../../reports/compare/compared-run.ts';
import { countOf } from '../../reports/format/format.ts';
import { variantKey } from '../../reports/record/names.ts';
import { FEWEST_CELLS_PER_SIDE } from '../../reports/statistics/welch.ts';
import type { CellPlan } from '../plan/cell-plan.ts';
import type { Scenario } from '../scenario/scenario.ts';

/** @param wanted the baseline as it was typed */
export function baselineMistakes(
  wanted: string,
  scenario: Scenario,
  cells: readonly CellPlan[],
  baseline: ComparedRun,
): string[] {
  const option = `--baseline ${wanted}`;
  const { verdict } = baseline.result;
  if (verdict !== 'PASS' && verdict !== 'FAIL') {
    return [
      `${option}: ${baseline.name} ended ${verdict} and has no figures to hold against. Needed: a run that ended PASS or FAIL; rehearse it again and save that with \`npm run baseline -- save NAME\`.`,
    ];
  }
  const own = countByVariant(cells);
  const others = countByVariant(baseline.result.cells);
  const pairs = pairsOf(own, others);
  if (pairs.length === 0) {
    return [
      `${option}: ${baseline.name} has ${[...others.keys()].join(', ')}; this run would have ${[...own.keys()].join(', ')}. Needed: a variant that both have.`,
    ];
  }
  return [
    ...fewCells(
      option,
      `this run of ${scenario.name}`,
      pairs.map(([key]) => own.get(key) ?? 0),
      ownNext(scenario),
    ),
    ...fewCells(
      option,
      baseline.name,
      pairs.map(([, key]) => others.get(key) ?? 0),
      `save a run of ${FEWEST_CELLS_PER_SIDE} cells or more`,
    ),
    ...unmeasured(option, scenario, baseline),
  ];
}

function ownNext({ comparison }: Scenario): string {
  return comparison === undefined
    ? 'rehearse `regression`, which is made for it, or see the difference without a verdict: `npm run compare`'
    : `give --blocks ${FEWEST_CELLS_PER_SIDE} or more`;
}

function countByVariant(cells: readonly { variant: string; level: string | null }[]): Map<string, number> {
  return new Map([...Map.groupBy(cells, variantKey)].map(([key, group]) => [key, group.length]));
}

/** As the comparison pairs them: by name, and two runs of one variant each whatever its name. */
function pairsOf(own: Map<string, number>, others: Map<string, number>): [own: string, other: string][] {
  const [[onlyOwn] = [], [onlyOther] = []] = [[...own.keys()], [...others.keys()]];
  if (own.size === 1 && others.size === 1 && onlyOwn !== undefined && onlyOther !== undefined)
    return [[onlyOwn, onlyOther]];
  return [...own.keys()].flatMap((key): [string, string][] => (others.has(key) ? [[key, key]] : []));
}

/** One variant with cells enough gives an interval; without any the whole gate stays open. */
function fewCells(option: string, side: string, counts: readonly number[], next: string): string[] {
  const most = Math.max(...counts);
  return most >= FEWEST_CELLS_PER_SIDE
    ? []
    : [
        `${option}: ${side} has ${countOf(most, 'cell')} of a variant, from which no interval can be had. Needed: ${FEWEST_CELLS_PER_SIDE}; ${next}.`,
      ];
}

function unmeasured(option: string, { comparison }: Scenario, baseline: ComparedRun): string[] {
  return (comparison?.primary ?? [])
    .filter(({ metric }) => baseline.result.cells.every(({ metrics }) => metrics[metric] === undefined))
    .map(({ metric }) => `${option}: ${baseline.name} never measured ${metric}. Needed: a run that did.`);
}
