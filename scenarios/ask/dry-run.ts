// What a run would do, said without starting anything: how many single runs, how long, what effect they can find.

import { countOf, formatNumber } from '../../reports/format/format.ts';
import { detectableEffect } from '../../reports/statistics/power.ts';
import { searchesCapacity } from '../capacity/configurations.ts';
import { describeSearch } from '../capacity/describe-search.ts';
import { clockTime } from '../cell/clock-time.ts';
import type { CellPlan } from '../plan/cell-plan.ts';
import { expectedSeconds } from '../plan/expected-time.ts';
import { capacityPlannedWith, needsCapacity } from '../plan/levels-of-capacity.ts';
import { meets } from '../plan/needs.ts';
import { planHash, planRun } from '../plan/plan.ts';
import { arrivalsText, rateText } from '../scenario/arrival-rate.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { worldOf } from '../scenario/world.ts';
import { targetOf } from '../targets/find-target.ts';
import { type SecondsBefore, secondsBefore } from './seconds-before.ts';

const POWER = 0.8;

/** The plan in a few lines, ready to print; `dataSet` says whether what it starts from is there already. */
export function describePlan(
  scenario: Scenario,
  cells: readonly CellPlan[],
  dataSet: string,
  coreCount: number,
): string {
  return [
    `${scenario.name}: ${scenario.question}`,
    ...(searchesCapacity(scenario) ? describeSearch(scenario, coreCount) : describeRuns(scenario, cells)),
    describeDataSet(scenario, dataSet),
    ...cells
      .filter(({ block, order, purpose }) => block === 0 && order === 0 && purpose !== 'strike')
      .map(describeCell),
    ...describeComparison(scenario),
    ...describeLimits(scenario),
    'Nothing was started.',
    '',
  ].join('\n');
}

function describeDataSet(scenario: Scenario, state: string): string {
  if (targetOf(scenario).hidesItsInside === true) return `  for sale: ${state}`;
  const { preset, days, people, products, seed } = scenario.data;
  const { orderCount } = worldOf(scenario);
  return `  data set: ${countOf(days, 'day')} of history (${preset}) with ${people} people, ${products} products and ${orderCount} orders, seed ${seed}; ${state}`;
}

function describeRuns(scenario: Scenario, cells: readonly CellPlan[]): string[] {
  const variants = [...new Set(cells.map(({ variant }) => variant))];
  const before = secondsBefore(scenario);
  const seconds = expectedSeconds(cells) + before.search + before.warmUp;
  return [
    `  ${countOf(cells.length, 'run')} of ${variants.join(', ')}; about ${clockTime(seconds)} min in all, warm`,
    ...describeBefore(scenario, before),
    ...describeBeside(cells),
  ];
}

function describeBefore(scenario: Scenario, before: SecondsBefore): string[] {
  const { ofCapacity, warmUp } = scenario.comparison ?? {};
  const unit = `${arrivalsText(scenario.load)}/s`;
  const rate = `${formatNumber(capacityPlannedWith(scenario))} ${unit}`;
  const capacity =
    ofCapacity === undefined
      ? []
      : needsCapacity(scenario)
        ? [
            `  levels are multiples of what ${ofCapacity.variant} sustains, which is searched for first (about ${clockTime(before.search)} min); below it is taken for ${rate}`,
          ]
        : [`  levels are multiples of ${rate}, given as what ${ofCapacity.variant} sustains`];
  if (warmUp === undefined) return capacity;
  const rounds = countOf(warmUp.mostRounds, 'round');
  return [
    ...capacity,
    `  before the first block at most ${rounds} of ${warmUp.variants.join(', ')} that nobody measures (${clockTime(before.warmUp)} min)`,
  ];
}

/** What stands beside the compared runs. */
function describeBeside(cells: readonly CellPlan[]): string[] {
  const points = cells.filter(({ purpose }) => purpose === 'curve');
  const strikes = cells.filter(({ purpose }) => purpose === 'strike');
  const what = new Set(strikes.map(({ variant, level }) => level ?? variant));
  return [
    ...(points.length === 0 ? [] : [`  ${countOf(points.length, 'run')} of them for the curve only`]),
    ...(strikes.length === 0
      ? []
      : [
          `  ${countOf(strikes.length, 'run')} at the end in which a fault strikes (${[...what].join(', ')})`,
        ]),
  ];
}

function describeCell({ scenario, seed, level }: CellPlan): string {
  const { load, growth } = scenario;
  const planned = planRun(scenario, seed);
  if (planned.kind === 'mistakes') return `    ${planned.mistakes.join(' ')}`;
  const { plan } = planned;
  const measured = plan.sessions.filter(({ startMs }) => startMs >= 0).length;
  const people = new Set(plan.sessions.map(({ personId }) => personId)).size;
  const where = level === null ? '' : `${level}: `;
  const newcomers =
    plan.newcomers === undefined
      ? ''
      : `, ${countOf(plan.newcomers.length, 'person signs', 'people sign')} up (${growth.model})`;
  const warmUp = meets(scenario, 'orders') ? `, ${countOf(load.warmUpOrders, 'warm-up order')} before` : '';
  return `  ${where}${countOf(measured, 'start')} in ${load.durationSeconds} s (${rateText(load)}) by ${people} of ${plan.candidates.length} candidates, ${plan.sessions.length - measured} more in the lead-in${newcomers}${warmUp}; plan ${planHash(plan).slice(0, 16)}`;
}

function describeComparison({ comparison }: Scenario): string[] {
  if (comparison === undefined) return [];
  const { blocks, expectedSd, marginRatio, pairs, primary } = comparison;
  const found = detectableEffect({ blocks, sd: expectedSd, margin: marginRatio, power: POWER });
  const percent = (ratio: number): string => `${(ratio * 100).toFixed(1)} %`;
  const metrics = primary.map(({ metric, statistic }) => `${metric} ${statistic}`).join(' and ');
  if (pairs.length === 0) {
    return [
      `  ${countOf(blocks, 'cell')} of one variant, to be held against a baseline (--baseline): ${metrics}, margin ±${percent(marginRatio)}`,
    ];
  }
  return [
    `  compares ${metrics} over ${countOf(blocks, 'block')}, margin ±${percent(marginRatio)}`,
    found.outcome === 'detectable'
      ? `  finds in ${percent(POWER)} of runs an increase of ${percent(found.increaseRatio)} or a decrease of ${percent(-found.decreaseRatio)}, if pairs differ by ${percent(expectedSd)} (SD)`
      : `  ${found.footnote}`,
  ];
}

function describeLimits({ thresholds }: Scenario): string[] {
  const limits = Object.entries(thresholds).map(([name, { metric, statistic, atMost, atLeast, of }]) => {
    const limit = atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`;
    const held = of === undefined ? '' : ` (of ${of.join(', ')})`;
    return `    ${name}: ${metric} ${statistic} ${limit}${held}`;
  });
  return limits.length === 0 ? ['  no limits: only the audit gates'] : ['  limits', ...limits];
}
