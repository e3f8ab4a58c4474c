// From the words of the command line to the benches that are to run, or to every mistake in them at once.
import { didYouMean } from '../../mistakes/nearest.ts';
import type { Bench, BenchSettings, BenchSize } from '../bench.ts';

const SETTINGS: Record<BenchSize, Omit<BenchSettings, 'measuresPeers'>> = {
  full: { orderCount: 50_000, requestCount: 1_000_000, requestsPerSecond: 1_500 },
  // Enough for every figure to come out; that of `memory` is read from its seconds, of which it needs ten.
  check: { orderCount: 2_000, requestCount: 600, requestsPerSecond: 50 },
};

const LEAST_ORDERS = 2_000;
const LEAST_REQUESTS = 20_000;
const LEAST_RATE = 50;

type SizeOption = 'orders' | 'requests' | 'rate';

export type BenchOptions = { check?: boolean; peers?: boolean } & Partial<Record<SizeOption, string>>;

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
  const settings = {
    orderCount: count('orders', LEAST_ORDERS, usual.orderCount),
    requestCount: count('requests', LEAST_REQUESTS, usual.requestCount),
    requestsPerSecond: count('rate', LEAST_RATE, usual.requestsPerSecond),
    measuresPeers,
  };
  return mistakes.length > 0 ? { kind: 'mistakes', mistakes } : { kind: 'ok', benches, size, settings };
}
