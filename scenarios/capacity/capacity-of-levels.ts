// The short search at the start of a comparison whose levels are multiples of what one variant sustains.
import type { OfCapacity } from '../../reports/record/of-capacity.ts';
import { assigned } from '../plan/assigned.ts';
import { needsCapacity } from '../plan/levels-of-capacity.ts';
import { arrivalsText } from '../scenario/arrival-rate.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { CapacityScenario } from './configurations.ts';
import { runSearches, type SearchDeps, type Searched } from './run-searches.ts';

/**
 * The comparison as the search that it begins with.
 * @throws Error when the scenario has no levels of capacity, or sets in its search what cannot be
 */
export function capacitySearchOf(scenario: Scenario): CapacityScenario {
  const { comparison, ...base } = scenario;
  if (comparison?.ofCapacity === undefined)
    throw new Error(`The levels of ${scenario.name} are not multiples of a capacity; needed ofCapacity.`);
  const { variant, search, set: made } = comparison.ofCapacity;
  const { set, thresholds, ...settings } = search;
  return {
    ...assigned(base, set),
    thresholds,
    answer: 'how-much',
    capacity: {
      ...settings,
      variants: { [variant]: made },
      searched: [variant],
      apiProcesses: [scenario.shop.apiProcesses],
      keeps: Object.keys(thresholds),
      quick: [],
    },
  };
}

export type FoundCapacity = {
  /** The rate that levels are multiples of; null where none was confirmed or a probe failed its audit. */
  perSecond: number | null;
  told: OfCapacity;
  /** What the search did; null where the rate was given. */
  searched: { scenario: CapacityScenario; all: Searched[] } | null;
};

/** Takes the rate that was given, or searches for it; null where no level is a multiple of any. */
export async function findCapacity(
  deps: Omit<SearchDeps, 'scenario'> & { scenario: Scenario },
): Promise<FoundCapacity | null> {
  const { scenario, say } = deps;
  const { ofCapacity, capacityPerSecond = 0 } = scenario.comparison ?? {};
  if (ofCapacity === undefined) return null;
  const common = { variant: ofCapacity.variant, arrivals: arrivalsText(scenario.load) };
  if (!needsCapacity(scenario)) {
    const told = {
      ...common,
      perSecond: capacityPerSecond,
      origin: 'given' as const,
      isAtLeast: false,
      reason: 'given (comparison.capacityPerSecond)',
      probes: [],
    };
    return { perSecond: capacityPerSecond, told, searched: null };
  }
  const search = capacitySearchOf(scenario);
  say(`— what ${ofCapacity.variant} sustains, of which the levels are multiples`);
  // Whoever compares with more processes than there are cores has the same in its search.
  const coreCount = Math.max(deps.coreCount, scenario.shop.apiProcesses);
  const all = await runSearches({ ...deps, scenario: search, coreCount });
  const [only] = all;
  const perSecond = only?.answer?.sustainedPerSecond ?? null;
  const probes = (only?.probes ?? []).map(({ cell: _cell, finished: _finished, ...probe }) => probe);
  const told = {
    ...common,
    perSecond,
    origin: 'searched' as const,
    isAtLeast: only?.answer?.outcome === 'at-least',
    reason: only?.answer?.reason ?? 'a probe failed its audit, which ended the run',
    probes,
  };
  return { perSecond, told, searched: { scenario: search, all } };
}
