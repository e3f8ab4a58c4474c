// What a capacity scenario searches: every variant with every number of API processes, and the single runs that its
// probes are.
import { apiProcessesText } from '../../reports/words/capacity-words.ts';
import { didYouMean } from '../mistakes/nearest.ts';
import { assigned } from '../plan/assigned.ts';
import type { CellPlan } from '../plan/cell-plan.ts';
import { atRate } from '../scenario/arrival-rate.ts';
import type { Capacity, Scenario } from '../scenario/scenario.ts';
import { nextStep, type Probe, type SearchSettings } from './search.ts';

export type CapacityScenario = Scenario & { capacity: Capacity };

/** Whether a scenario searches for a rate. */
export function searchesCapacity(scenario: Scenario): scenario is CapacityScenario {
  return scenario.capacity !== undefined;
}

export type Configuration = {
  /** By its name in the scenario. */
  variant: string;
  apiProcesses: number;
  /** Why it is not searched on this machine; null: it is. */
  skippedBecause: string | null;
};

const MAX_SEED = 2 ** 31 - 1;

/** Variants one after the other, each with ever more API processes; a process without a core to itself is no gain. */
export function configurationsOf(capacity: Capacity, coreCount: number): Configuration[] {
  return capacity.searched.flatMap((variant) =>
    capacity.apiProcesses.map((apiProcesses) => ({
      variant,
      apiProcesses,
      skippedBecause:
        apiProcesses <= coreCount
          ? null
          : `${apiProcessesText(apiProcesses)} would need as many cores; this machine has ${coreCount}`,
    })),
  );
}

/** The name of a configuration in files and tables: `kafka-2api`. */
export function configurationName({ variant, apiProcesses }: Configuration): string {
  return `${variant}-${apiProcesses}api`;
}

/** What the search itself needs to know of the scenario. */
export function searchSettings(capacity: Capacity): SearchSettings {
  const { startPerSecond, leastPerSecond, growthFactor, toleranceRatio, maxProbes } = capacity;
  return { startPerSecond, leastPerSecond, growthFactor, toleranceRatio, maxProbes };
}

/**
 * The single run that a probe is. `index` counts the probes of the configuration, so that each has a plan of its own and
 * none is lucky twice with the same one; `order` counts them over the whole run. `isRetry`: the same rate once more.
 */
export function probeCell(
  scenario: CapacityScenario,
  configuration: Configuration,
  probe: Probe & { isRetry: boolean },
  { seed, index, order }: { seed: number; index: number; order: number },
): CellPlan {
  const { capacity } = scenario;
  const searched = asSearched(scenario, configuration);
  const isConfirming = probe.kind === 'confirm';
  const parts = [
    configurationName(configuration),
    probe.perSecond,
    ...(isConfirming ? ['confirm'] : []),
    ...(probe.isRetry ? ['again'] : []),
  ];
  return {
    variant: parts.join('-'),
    level: null,
    block: 0,
    order,
    seed: (seed + index) % MAX_SEED,
    scenario: {
      ...searched,
      load: {
        ...atRate(searched.load, probe.perSecond),
        durationSeconds: isConfirming ? capacity.confirmSeconds : capacity.probeSeconds,
      },
    },
  };
}

/**
 * The scenario as a configuration has it, at whatever rate.
 * @throws Error when its variant assigns what cannot be (searchedMistakes and the schema say so before)
 */
export function asSearched(
  scenario: CapacityScenario,
  { variant, apiProcesses }: Pick<Configuration, 'variant' | 'apiProcesses'>,
): CapacityScenario {
  const { capacity } = scenario;
  const set = assigned(scenario, capacity.variants[variant] ?? []);
  return { ...set, capacity, shop: { ...set.shop, apiProcesses } };
}

/** Variants that are to be searched and that the scenario does not have, a sentence each. */
export function searchedMistakes({ capacity }: Scenario): string[] {
  const names = Object.keys(capacity?.variants ?? {});
  return (capacity?.searched ?? []).flatMap((name) =>
    names.includes(name)
      ? []
      : [
          `capacity.searched: the scenario has no variant ${name}.${didYouMean(name, names)} Needed: names out of ${names.join(', ')}.`,
        ],
  );
}

/** The probe that a search begins with, of the first configuration: any machine has a core for it. */
export function firstProbes(scenario: CapacityScenario, seed: number): CellPlan[] {
  const [first] = configurationsOf(scenario.capacity, Number.POSITIVE_INFINITY);
  const step = nextStep(searchSettings(scenario.capacity), []);
  if (first === undefined || step.kind === 'answer') return [];
  return [probeCell(scenario, first, { ...step.probe, isRetry: false }, { seed, index: 0, order: 0 })];
}
