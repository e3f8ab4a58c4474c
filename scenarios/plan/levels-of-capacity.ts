// Levels of a comparison whose rates are multiples of what a variant sustains: their assignments once that rate is known.
import { arrivalKindOf, ratePerSecond } from '../scenario/arrival-rate.ts';
import type { OfCapacity } from '../scenario/comparison.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { assigned } from './assigned.ts';

/** The level of the single runs that nobody measures. */
export const WARM_UP_LEVEL = 'warm-up';
/** A crowd has never fewer people than this: so few sockets cost nothing. */
const LEAST_CROWD = 1_000;

export type Level = {
  name: string;
  assignments: readonly string[];
  /** Its rate outside of a burst over the capacity; null where it is its own. */
  ratio: number | null;
  /** Run for the curve only, and not compared. */
  isOfCurveOnly: boolean;
};

/** The rate that levels are multiples of, as far as it is known: given, or what is planned with until it has been searched for. */
export function capacityPlannedWith({ comparison }: Pick<Scenario, 'comparison'>): number {
  const given = comparison?.capacityPerSecond ?? 0;
  return given > 0 ? given : (comparison?.ofCapacity?.expectedPerSecond ?? 0);
}

/** Whether its levels wait for a search. */
export function needsCapacity({ comparison }: Pick<Scenario, 'comparison'>): boolean {
  return comparison?.ofCapacity !== undefined && (comparison.capacityPerSecond ?? 0) === 0;
}

/** All levels of a block, those of the curve last; `perSecond` is the capacity. */
export function levelsAt(scenario: Scenario, perSecond: number): Level[] {
  const { comparison } = scenario;
  if (comparison === undefined) return [];
  const { levels, ofCapacity } = comparison;
  const declared = Object.entries(levels).map(([name, own]): Level => {
    const ratio = ofCapacity?.levels[name] ?? null;
    const assignments = ofCapacity === undefined ? own : atRatio(scenario, ofCapacity, ratio, own, perSecond);
    return { name, assignments, ratio, isOfCurveOnly: false };
  });
  const further = (ofCapacity?.curve ?? []).map((ratio): Level => {
    const own = ofCapacity?.curveSet ?? [];
    const assignments = ofCapacity === undefined ? own : atRatio(scenario, ofCapacity, ratio, own, perSecond);
    return { name: curveLevelName(ratio), assignments, ratio, isOfCurveOnly: true };
  });
  return [...declared, ...further];
}

/** The assignments of the single runs that nobody measures. */
export function warmUpAssignments(scenario: Scenario, perSecond: number): readonly string[] {
  const { ofCapacity, warmUp } = scenario.comparison ?? {};
  const own = warmUp?.set ?? [];
  if (ofCapacity === undefined) return own;
  return atRatio(scenario, ofCapacity, ofCapacity.levels[WARM_UP_LEVEL] ?? null, own, perSecond);
}

/** "50-percent". */
function curveLevelName(ratio: number): string {
  return `${Math.round(ratio * 100)}-percent`;
}

/** Rate and people first, so that what the level says itself has the last word. */
function atRatio(
  scenario: Scenario,
  { crowdSeconds }: OfCapacity,
  ratio: number | null,
  own: readonly string[],
  perSecond: number,
): readonly string[] {
  if (ratio === null) return own;
  const kind = arrivalKindOf(scenario.load);
  const rate = `load.${kind.rate}=${roundRate(ratio * perSecond)}`;
  if (kind.standingCount === undefined) return [rate, ...own];
  const { load } = assigned(scenario, [rate, ...own]);
  const highest = ratePerSecond(load) * (load.burstSeconds > 0 ? load.burstFactor : 1);
  const wanted = Math.max(LEAST_CROWD, Math.ceil(highest * crowdSeconds));
  return [rate, `load.crowdPeople=${Math.min(wanted, scenario.data.people)}`, ...own];
}

/** Three significant digits: a rate that can be said. */
function roundRate(perSecond: number): number {
  return Number(perSecond.toPrecision(3));
}

/** What levels of capacity ask for and cannot get, a sentence each. */
export function capacityLevelMistakes({ name, comparison }: Scenario): string[] {
  if (comparison === undefined) return [];
  const { ofCapacity, capacityPerSecond, variants, warmUp } = comparison;
  const known = Object.keys(variants);
  const unknown = (warmUp?.variants ?? []).filter((variant) => !known.includes(variant));
  return [
    ...(ofCapacity === undefined && capacityPerSecond !== undefined
      ? [
          `comparison.capacityPerSecond=${capacityPerSecond}: the levels of ${name} are not multiples of a capacity. Set their rate instead.`,
        ]
      : []),
    ...unknown.map(
      (variant) => `comparison.warmUp: found ${variant}. Needed: variants out of ${known.join(', ')}.`,
    ),
  ];
}

/** Levels and variants of strikes that the comparison does not have, and names that would stand for several runs, a sentence each. */
export function strikeMistakes({ comparison }: Scenario): string[] {
  const { strikes = [], levels = {}, variants = {} } = comparison ?? {};
  const known = Object.keys(variants);
  return strikes.flatMap(({ fault, level, name, variants: struck = known }) => {
    const unknown = struck.filter((variant) => !known.includes(variant));
    return [
      ...(level === undefined || level in levels
        ? []
        : [
            `comparison.strikes (${fault}): found level ${level}. Needed: one of ${Object.keys(levels).join(', ')}.`,
          ]),
      ...unknown.map(
        (variant) =>
          `comparison.strikes (${fault}): found variant ${variant}. Needed: one of ${known.join(', ')}.`,
      ),
      ...(name !== undefined && (struck.length !== 1 || known.includes(name))
        ? [
            `comparison.strikes (${fault}): found name ${name} for ${struck.join(', ')}. Needed: a name that no variant has, for a strike of one variant.`,
          ]
        : []),
    ];
  });
}
