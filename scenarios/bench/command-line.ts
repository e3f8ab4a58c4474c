// From the words of the command line to the benches that are to run, or to every mistake in them at once.
import { didYouMean } from '../run/nearest.ts';
import type { Bench, BenchSettings } from './bench.ts';

export const DEFAULT_SETTINGS: BenchSettings = {
  orderCount: 50_000,
  requestCount: 1_000_000,
  requestsPerSecond: 1_500,
};

const LEAST_ORDERS = 2_000;
const LEAST_REQUESTS = 20_000;
const LEAST_RATE = 50;

export type BenchOptions = { orders?: string; requests?: string; rate?: string };

export type AskedBenches =
  | { kind: 'ok'; benches: readonly Bench[]; settings: BenchSettings }
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
  const count = (option: keyof BenchOptions, least: number, fallback: number): number => {
    const text = options[option];
    if (text === undefined) return fallback;
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least) {
      mistakes.push(`--${option} ${text}: found ${text}. Needed: a whole number of ${least} or more.`);
    }
    return value;
  };
  const settings = {
    orderCount: count('orders', LEAST_ORDERS, DEFAULT_SETTINGS.orderCount),
    requestCount: count('requests', LEAST_REQUESTS, DEFAULT_SETTINGS.requestCount),
    requestsPerSecond: count('rate', LEAST_RATE, DEFAULT_SETTINGS.requestsPerSecond),
  };
  return mistakes.length > 0 ? { kind: 'mistakes', mistakes } : { kind: 'ok', benches, settings };
}
