// What a capacity scenario would do and how long it takes, before anything starts.
import { countOf } from '../../reports/format/format.ts';
import { clockTime } from '../cell/clock-time.ts';
import { secondsAround } from '../plan/expected-time.ts';
import { arrivalsText } from '../scenario/arrival-rate.ts';
import { targetOf } from '../targets/find-target.ts';
import { type CapacityScenario, configurationsOf } from './configurations.ts';

/** Until a probe fails, from a start of the right order of magnitude. */
const EXPECTED_GROWTH_PROBES = 3;
const EXPECTED_CONFIRMATIONS = 2;
const START_SECONDS = 20;

export type SearchDuration = { expectedSeconds: number; mostSeconds: number };

/** All searches, warm; `mostSeconds` if each used every probe it may, the long ones among them as many as are likely. */
export function searchDuration(scenario: CapacityScenario, coreCount: number): SearchDuration {
  const { capacity, load } = scenario;
  const aroundSeconds = secondsAround(scenario) + load.leadInSeconds;
  const count = configurationsOf(capacity, coreCount).filter((one) => one.skippedBecause === null).length;
  const halvings = Math.ceil(
    Math.log2(Math.log(capacity.growthFactor) / Math.log(1 + capacity.toleranceRatio)),
  );
  const shortSeconds = aroundSeconds + capacity.probeSeconds;
  const longSeconds = aroundSeconds + capacity.confirmSeconds;
  const shortCount = Math.min(
    EXPECTED_GROWTH_PROBES + Math.max(0, halvings),
    capacity.maxProbes - EXPECTED_CONFIRMATIONS,
  );
  const expected = shortCount * shortSeconds + EXPECTED_CONFIRMATIONS * longSeconds;
  const mostLong = Math.max(EXPECTED_CONFIRMATIONS, capacity.maxProbes - shortCount);
  const most = (capacity.maxProbes - mostLong) * shortSeconds + mostLong * longSeconds;
  return { expectedSeconds: START_SECONDS + count * expected, mostSeconds: START_SECONDS + count * most };
}

/** The search in a few lines, ready to print. */
export function describeSearch(scenario: CapacityScenario, coreCount: number): string[] {
  const { capacity, load, shop } = scenario;
  const all = configurationsOf(capacity, coreCount);
  const searched = all.filter(({ skippedBecause }) => skippedBecause === null);
  const skipped = new Set(all.flatMap(({ skippedBecause }) => skippedBecause ?? []));
  const { expectedSeconds, mostSeconds } = searchDuration(scenario, coreCount);
  const variants = [...new Set(searched.map(({ variant }) => variant))].join(', ');
  const processes = [...new Set(searched.map(({ apiProcesses }) => apiProcesses))].join(' and ');
  const isUnseen = targetOf(scenario).hidesItsInside === true;
  const each = isUnseen ? '' : `, each with ${processes} API process${processes === '1' ? '' : 'es'}`;
  const skippedLines = [...skipped].map((why) => `  skipped: ${why}`);
  if (searched.length === 0) return ['  nothing to search', ...skippedLines];
  return [
    `  ${countOf(searched.length, 'search', 'searches')}: ${variants}${each}; about ${clockTime(expectedSeconds)} min in all, at most ${clockTime(mostSeconds)}, warm`,
    ...skippedLines,
    `  probes of ${capacity.probeSeconds} s from ${capacity.startPerSecond} ${arrivalsText(load)}/s on, times ${capacity.growthFactor} until one breaks a limit, then halving until ${(capacity.toleranceRatio * 100).toFixed(0)} % are left`,
    `  both ends confirmed by ${capacity.confirmSeconds} s; at most ${capacity.maxProbes} probes a search, each with ${isUnseen ? '' : 'a fresh database and '}its audit`,
    ...(targetOf(scenario).connectionsPerApi === undefined
      ? []
      : [
          `  ${shop.databaseConnections} connections to the database in all, shared equally by the API processes`,
        ]),
  ];
}
