// The manifest of a run: what was run, on what machine and services, and the command that replays it.
import { cpus, totalmem } from 'node:os';
import type { StackService } from '../../deploy/local/services/stack.ts';
import { countOf } from '../../reports/format/format.ts';
import type { MachineNoise, Manifest } from '../../reports/record/manifest.ts';
import { asSearched, type CapacityScenario, searchesCapacity } from '../capacity/configurations.ts';
import { currentCommit } from '../data/checkout.ts';
import { type CellPlan, planCells } from '../plan/cell-plan.ts';
import { arrivalKindOf, arrivalsText, ratePerSecond, rateText } from '../scenario/arrival-rate.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { shellWord } from '../scenario/shell-word.ts';
import { worldOf } from '../scenario/world.ts';
import { targetOf } from '../targets/find-target.ts';
import type { Target } from '../targets/target.ts';
import { type GeneratorPriority, priorityNote } from './generator-priority.ts';

/** The machine as a manifest records it. */
export function thisMachine(): Manifest['machine'] {
  return {
    platform: `${process.platform} ${process.arch}`,
    cpuModel: cpus()[0]?.model ?? 'unknown',
    coreCount: cpus().length,
    memoryBytes: totalmem(),
    nodeVersion: process.version,
  };
}

/**
 * The command that runs the same again.
 * @param typedAs how Stampede is called where it is installed as a package; left out in a checkout
 */
export function replayCommand(
  scenario: string,
  seed: number,
  overrides: readonly string[],
  flags: readonly string[],
  typedAs?: string,
): string {
  const command = typedAs === undefined ? 'npm run scenario --' : `${typedAs} scenario`;
  const sets = overrides.map((override) => ` --set ${shellWord(override)}`);
  return [`${command} ${scenario} --seed ${seed}`, ...flags].join(' ') + sets.join('');
}

/** What a reader must know to read the numbers. */
export function notesOf(
  scenario: Scenario,
  generatorRuns: GeneratorPriority,
  capacityPerSecond: number | null = null,
): string[] {
  const { shop, load } = scenario;
  if (searchesCapacity(scenario)) return searchNotes(scenario, generatorRuns);
  const cells = planCells(scenario, 0, capacityPerSecond ?? undefined);
  const levels = cells.filter(
    ({ block, order, purpose }) => block === 0 && order === 0 && purpose !== 'strike',
  );
  const kind = arrivalKindOf(load);
  return [
    ...kind.notes({
      hour: targetOf(scenario).hidesItsInside === true ? null : shop.hour,
      rates: eachLevel(levels, plannedText),
      load,
      standing: standingText(levels),
    }),
    ...(speaksOfOrders(scenario) ? ['“Orders an hour” is the measured rate × 3,600.'] : []),
    ...targetOf(scenario).notes(
      scenario,
      cells.map((cell) => cell.scenario),
    ),
    `The run is invalid when the generator begins one step in a hundred later than ${eachLevel(levels, ({ generator }) => `${generator.latenessP99MsAtMost} ms`)}${scenario.comparison === undefined ? '' : '; that much moves a median by at most one percentile'}.`,
    ...sharedNotes(scenario, generatorRuns),
  ];
}

/** A comparison of something else leaves out what the headline of a single run says. */
function speaksOfOrders({ load, comparison }: Scenario): boolean {
  if (!arrivalKindOf(load).placesOrders) return false;
  const compared = [...(comparison?.primary ?? []), ...(comparison?.exploratory ?? [])];
  return comparison === undefined || compared.some(({ metric }) => metric.startsWith('order'));
}

/** "20 orders/s for 10 s", or with levels "20 orders/s for 10 s (light), 300 orders/s for 10 s (near)". */
function eachLevel(levels: readonly CellPlan[], read: (scenario: Scenario) => string): string {
  return levels
    .map(({ level, scenario }) => `${read(scenario)}${level === null ? '' : ` (${level})`}`)
    .join(', ');
}

/** "1000" people of a crowd, "1000 to 10800" where levels differ. */
function standingText(levels: readonly CellPlan[]): string {
  const counts = levels.flatMap(({ scenario: { load } }) => arrivalKindOf(load).standingCount?.(load) ?? []);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? `${least}` : `${least} to ${most}`;
}

function plannedText({ load }: Scenario): string {
  const burst =
    load.burstSeconds > 0 && load.burstFactor !== 1
      ? `, ${ratePerSecond(load) * load.burstFactor}/s for ${load.burstSeconds} s of them`
      : '';
  return `${rateText(load)} for ${load.durationSeconds} s${burst}`;
}

/** Of a search, whose rates differ from probe to probe. */
function searchNotes(scenario: CapacityScenario, generatorRuns: GeneratorPriority): string[] {
  const { load } = scenario;
  return [
    `Arrivals are open: a seeded Poisson plan of ${arrivalsText(load)} for each probe, with a seed of its own, ${load.leadInSeconds} s at the same rate before it counts.`,
    arrivalKindOf(load).searchNote(load),
    ...targetOf(scenario).notes(
      scenario,
      Object.keys(scenario.capacity.variants).map((variant) =>
        asSearched(scenario, { variant, apiProcesses: scenario.shop.apiProcesses }),
      ),
    ),
    ...sharedNotes(scenario, generatorRuns),
  ];
}

function sharedNotes(scenario: Scenario, generatorRuns: GeneratorPriority): string[] {
  const where = targetOf(scenario).whereNote?.(scenario);
  if (scenario.generator.kafka !== undefined)
    return [
      `${countOf(scenario.generator.count ?? 1, 'generator')} joined over Kafka and divided the plan; each has the processor that its own machine gives it. All other processes run on the machine of the rehearsal.`,
    ];
  return [where ?? 'All processes run on the same machine as the generator.', priorityNote(generatorRuns)];
}

/** What the scenario plants in the shop to test the measurement, a sentence each. */
export function plantedIn({ shop }: Scenario): string[] {
  return [
    ...(shop.plantedOrderDelayMs === 0
      ? []
      : [`every payment is made to take ${shop.plantedOrderDelayMs} ms longer (shop.plantedOrderDelayMs)`]),
    ...(shop.plantedPushLoss === 0
      ? []
      : ['a process that a fault killed comes back without pushing any outcome (shop.plantedPushLoss)']),
  ];
}

/** Puts the manifest together; settings of services come from the stack as it reported them. */
export async function makeManifest(input: {
  scenario: Scenario;
  /** What levels of load are multiples of; null where they are none, or while it is not known. */
  capacityPerSecond: number | null;
  seed: number;
  overrides: readonly string[];
  flags: readonly string[];
  startedAt: Date;
  /** Of what the run started from. */
  fingerprint: string;
  /** What there is to say of it where that is no data set of ours. */
  about?: Target['about'];
  services: readonly StackService[];
  generatorRuns: GeneratorPriority;
  noise: MachineNoise | null;
  /** Differences from the run that this one goes on with; none for a run of one piece. */
  resumedAnyway: readonly string[];
}): Promise<Manifest> {
  const { scenario, fingerprint, about } = input;
  const { commit, isDirty, changesHash } = await currentCommit();
  const withoutMeaning = targetOf(scenario).withoutMeaning?.(scenario) ?? [];
  return {
    schemaVersion: 1,
    scenario: scenario.name,
    title: scenario.title,
    question: scenario.question,
    effectiveScenario: scenario,
    ...(withoutMeaning.length === 0 ? {} : { withoutMeaning }),
    overrides: [...input.overrides],
    flags: [...input.flags],
    seed: input.seed,
    replayCommand: replayCommand(
      scenario.name,
      input.seed,
      input.overrides,
      input.flags,
      process.env.STAMPEDE_TYPED_AS,
    ),
    startedAt: input.startedAt.toISOString(),
    commit,
    commitIsDirty: isDirty,
    changesHash,
    dataSet: { fingerprint, ...(about?.dataSet ?? ourDataSet(scenario)) },
    ...(about === undefined ? {} : { shop: about.shop }),
    machine: thisMachine(),
    ...(input.noise === null ? {} : { noise: input.noise }),
    ...(input.capacityPerSecond === null ? {} : { capacityPerSecond: input.capacityPerSecond }),
    services: input.services.map(({ name, version, origin, settings }) => ({
      name,
      version,
      origin,
      settings,
    })),
    planted: plantedIn(scenario),
    ...(input.resumedAnyway.length === 0 ? {} : { resumedAnyway: [...input.resumedAnyway] }),
    notes: [...(about?.notes ?? []), ...notesOf(scenario, input.generatorRuns, input.capacityPerSecond)],
  };
}

/** A history of ours as the run's data set. */
function ourDataSet(scenario: Scenario): Omit<Manifest['dataSet'], 'fingerprint'> {
  const { preset, days, people, products, seed, asOf } = scenario.data;
  return {
    description: `${countOf(days, 'day')} of history up to ${scenario.shop.hour}:00 of ${asOf}, seed ${seed}`,
    peopleCount: people,
    productCount: products,
    history: { preset, days, orderCount: worldOf(scenario).orderCount },
  };
}
