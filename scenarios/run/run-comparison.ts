// The single runs of a comparison, in their order: the search for the capacity that its levels are multiples of, the runs that
// nobody measures, the blocks, those that the generator spoilt once more. The strikes come last in the plan.
import type { ComparedRun } from '../../reports/compare/compared-run.ts';
import type { WarmUpResult } from '../../reports/record/of-capacity.ts';
import type { RunResult } from '../../reports/record/result.ts';
import { capacitySentence } from '../../reports/words/of-capacity-words.ts';
import { type FoundCapacity, findCapacity } from '../capacity/capacity-of-levels.ts';
import { summariseCapacity } from '../capacity/summarise-capacity.ts';
import type { View } from '../cell/live-view.ts';
import { type CellPlan, planCells } from '../plan/cell-plan.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { crossingsOf, levelFigures } from '../verdict/level-figures.ts';
import { strikeResults } from '../verdict/strike-results.ts';
import { type FinishedCell, summariseRun } from '../verdict/summarise-run.ts';
import type { RunOne } from './finish-cell.ts';
import { repeatSpoilt } from './spoilt-blocks.ts';
import { runWarmUp } from './warm-up-runs.ts';

export type ComparisonInput = {
  scenario: Scenario;
  seed: number;
  /** Those that were planned; planned anew where their rates had to be searched for. */
  cells: readonly CellPlan[];
  coreCount: number;
  view: View;
};

type Result = Omit<RunResult, 'commit' | 'startedAt' | 'finishedAt'>;

export type RunOfCells = {
  /** The rate that levels are multiples of; null where they are none. */
  capacityPerSecond: number | null;
  finished: readonly FinishedCell[];
  /** Everything that the result says but when and from which commit. */
  summarise(againstBaseline: (measured: ComparedRun['result']) => RunResult['comparisons']): Result;
};

/** Runs them one after the other. Without a rate that levels can be multiples of nothing is compared, and the result says why. */
export async function runComparison(input: ComparisonInput, runOne: RunOne): Promise<RunOfCells> {
  const { scenario, seed, view } = input;
  const say = (line: string): void => view.say(line);
  const found = await findCapacity({ ...input, runCell: runOne, say });
  if (found?.perSecond === null) return withoutCapacity(input, found);
  if (found !== null) say(capacitySentence(found.told));
  const perSecond = found?.perSecond ?? 0;
  const cells = found?.searched ? planCells(scenario, seed, perSecond) : input.cells;
  const warmedUp = await runWarmUp({ ...input, perSecond }, runOne);
  const { broken = null } = warmedUp ?? {};
  const finished = broken === null ? await runAll(cells, view, runOne) : [broken];
  if (scenario.comparison !== undefined)
    await repeatSpoilt(finished, (plan, reasons) => {
      view.say(`— again, for the generator spoilt its block: ${cellName(plan)}`);
      return runOne(plan, reasons);
    });
  return {
    capacityPerSecond: found?.perSecond ?? null,
    finished,
    summarise: (againstBaseline) => ({
      ...summariseRun(scenario, seed, finished, againstBaseline),
      ...extrasOf(scenario, finished, found, warmedUp?.result ?? null),
    }),
  };
}

async function runAll(cells: readonly CellPlan[], view: View, runOne: RunOne): Promise<FinishedCell[]> {
  const finished: FinishedCell[] = [];
  for (const [index, plan] of cells.entries()) {
    if (cells.length > 1) view.say(`— ${index + 1} of ${cells.length}: ${cellName(plan)}`);
    finished.push(await runOne(plan));
  }
  return finished;
}

/** What a comparison has beside its pairs. */
function extrasOf(
  scenario: Scenario,
  finished: readonly FinishedCell[],
  found: FoundCapacity | null,
  warmUp: WarmUpResult | null,
): Pick<RunResult, 'ofCapacity' | 'warmUp' | 'levels' | 'crossings' | 'strikes'> {
  const levels = found?.perSecond ? levelFigures(scenario, finished, found.perSecond) : [];
  const crossings = crossingsOf(scenario, levels);
  const strikes = strikeResults(finished);
  return {
    ...(found === null ? {} : { ofCapacity: found.told, levels }),
    ...(warmUp === null ? {} : { warmUp }),
    ...(crossings.length === 0 ? {} : { crossings }),
    ...(strikes.length === 0 ? {} : { strikes }),
  };
}

/** The result is that of the search: it says what its probes found, and why nothing was compared. */
function withoutCapacity({ seed }: ComparisonInput, { told, searched }: FoundCapacity): RunOfCells {
  return {
    capacityPerSecond: null,
    finished: [],
    summarise: () => {
      if (searched === null)
        throw new Error('A search without a rate has no probes; needed those that it took.');
      const result = summariseCapacity(searched.scenario, seed, searched.all);
      const answer =
        result.verdict === 'AUDIT_FAILED'
          ? result.answer
          : `No answer: the levels are multiples of what ${told.variant} sustains, and no rate was confirmed: ${told.reason}. Next: --set comparison.capacityPerSecond=RATE.`;
      return { ...result, answer, ofCapacity: told };
    },
  };
}

function cellName({ variant, level, block }: CellPlan): string {
  return `block ${block + 1}, ${variant}${level === null ? '' : ` at ${level}`}`;
}
