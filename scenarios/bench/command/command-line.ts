// From the words of the command line to the benches that are to run, or to every mistake in them at once.
import { BEHAVIOUR_STORES } from '../../../system/contract/processes.ts';
import { didYouMean } from '../../mistakes/nearest.ts';
import type { Bench, BenchSettings, BenchSize } from '../bench.ts';

const SETTINGS: Record<BenchSize, Omit<BenchSettings, 'measuresPeers'>> = {
  full: {
    orderCount: 50_000,
    requestCount: 1_000_000,
    requestsPerSecond: 1_500,
    behaviourStore: 'postgres',
    actionsPerSecond: 5_000,
    actionSeconds: 15,
    gradedPeopleCount: 20_000,
    gradedOrderCount: 200_000,
    gradesOrdersPerSecond: 60,
    generatorCount: 8,
  },
  // Enough for every figure to come out; that of `memory` is read from its seconds, of which it needs ten.
  check: {
    orderCount: 2_000,
    requestCount: 600,
    requestsPerSecond: 50,
    behaviourStore: 'postgres',
    actionsPerSecond: 300,
    actionSeconds: 2,
    gradedPeopleCount: 1_000,
    gradedOrderCount: 3_000,
    gradesOrdersPerSecond: 10,
    generatorCount: 2,
  },
};

const LEAST_ORDERS = 2_000;
const LEAST_REQUESTS = 20_000;
const LEAST_RATE = 50;
const LEAST_SECONDS = 2;
const LEAST_GRADED_PEOPLE = 1_000;
const LEAST_GRADED_ORDERS = 1_000;
const LEAST_ORDER_RATE = 5;
const LEAST_GENERATORS = 1;

type SizeOption = 'orders' | 'requests' | 'rate' | 'seconds' | 'people' | 'graded' | 'pace' | 'generators';

export type BenchOptions = { check?: boolean; peers?: boolean; store?: string } & Partial<
  Record<SizeOption, string>
>;

export type AskedBenches =
  | { kind: 'ok'; benches: readonly Bench[]; size: BenchSize; settings: BenchSettings }
  | { kind: 'mistakes'; mistakes: string[] };

/** Without a name all benches are meant. */
export function readBenchCommand(
  known: readonly Bench[],
  name: string | undefined,
  options: BenchOptions,
): AskedBenches {
  const mistakes: string[] = [];
  const benches = name === undefined ? known : known.filter((bench) => bench.name === name);
  if (benches.length === 0 && name !== undefined) {
    const names = known.map((bench) => bench.name);
    mistakes.push(`There is no bench ${name}.${didYouMean(name, names)} There are: ${names.join(', ')}.`);
  }
  const size = options.check === true ? 'check' : 'full';
  const count = (option: SizeOption, least: number, fallback: number): number => {
    const text = options[option];
    if (text === undefined) return fallback;
    if (size === 'check')
      mistakes.push(`--${option} ${text}: a check has a size of its own. Leave one of both out.`);
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least) {
      mistakes.push(`--${option} ${text}: found ${text}. Needed: a whole number of ${least} or more.`);
    }
    return value;
  };
  const measuresPeers = options.peers === true;
  if (measuresPeers && (size === 'check' || name !== 'engine'))
    mistakes.push('--peers: found without a whole run of engine. Needed: `npm run bench -- engine --peers`.');
  const usual = SETTINGS[size];
  const behaviourStore = BEHAVIOUR_STORES.find((store) => store === (options.store ?? usual.behaviourStore));
  if (behaviourStore === undefined)
    mistakes.push(
      `--store ${options.store}: found ${options.store}. Needed: one of ${BEHAVIOUR_STORES.join(', ')}.`,
    );
  const settings = {
    orderCount: count('orders', LEAST_ORDERS, usual.orderCount),
    requestCount: count('requests', LEAST_REQUESTS, usual.requestCount),
    requestsPerSecond: count('rate', LEAST_RATE, usual.requestsPerSecond),
    behaviourStore: behaviourStore ?? usual.behaviourStore,
    actionsPerSecond: options.rate === undefined ? usual.actionsPerSecond : Number(options.rate),
    actionSeconds: count('seconds', LEAST_SECONDS, usual.actionSeconds),
    gradedPeopleCount: count('people', LEAST_GRADED_PEOPLE, usual.gradedPeopleCount),
    gradedOrderCount: count('graded', LEAST_GRADED_ORDERS, usual.gradedOrderCount),
    gradesOrdersPerSecond: count('pace', LEAST_ORDER_RATE, usual.gradesOrdersPerSecond),
    generatorCount: count('generators', LEAST_GENERATORS, usual.generatorCount),
    measuresPeers,
  };
  return mistakes.length > 0 ? { kind: 'mistakes', mistakes } : { kind: 'ok', benches, size, settings };
}
