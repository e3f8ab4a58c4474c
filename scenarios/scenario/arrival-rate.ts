// What a scenario's load says of its arrivals, read by the table of their kinds.
import { type ArrivalKind, type ArrivalRate, type Arrivals, arrivalKinds, arrivalRates } from './arrivals.ts';
import type { Scenario } from './scenario.ts';

type Load = Scenario['load'];

/** The kind of a load's arrivals. */
export function arrivalKindOf({ arrivals }: { arrivals: Arrivals }): ArrivalKind {
  return arrivalKinds[arrivals];
}

/** Starts a second, outside of any burst; where the kind says when they come, at most so many. */
export function ratePerSecond(load: Load): number {
  return load[arrivalKindOf(load).rate];
}

/** Starts a second at the most, in or outside of a burst. */
export function highestStartsPerSecond(load: Load): number {
  return ratePerSecond(load) * (load.burstSeconds > 0 ? Math.max(1, load.burstFactor) : 1);
}

/** "load.ordersPerSecond=20", as `--set` takes it. */
export function rateAssignment(load: Load): string {
  return `load.${arrivalKindOf(load).rate}=${ratePerSecond(load)}`;
}

/** What arrives, in the plural: "orders" of a rate `ordersPerSecond`. */
export function arrivalsText(load: Pick<Load, 'arrivals'>): string {
  const { rate } = arrivalKindOf(load);
  return rate.endsWith('PerSecond') ? rate.replace('PerSecond', '') : load.arrivals;
}

/** "20 orders/s". */
export function rateText(load: Load): string {
  const rate = ratePerSecond(load);
  return arrivalKindOf(load).rateText?.(rate) ?? `${rate} ${arrivalsText(load)}/s`;
}

/** The load at another rate. */
export function atRate(load: Load, perSecond: number): Load {
  return { ...load, [arrivalKindOf(load).rate]: perSecond };
}

/** The rates that the command line takes as options of their own. */
export type RateOptions = Partial<Record<ArrivalRate, string>>;

/** Each rate with its option, `--orders-per-second`, and the help on it. */
export function rateOptions(): { rate: string; option: string; help: string }[] {
  return Object.keys(arrivalRates).map((rate) => ({
    rate,
    option: `--${rate.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    help: Object.values<ArrivalKind>(arrivalKinds).find((kind) => kind.rate === rate)?.help ?? rate,
  }));
}

/** Every rate that was given as an option: its option, its path in the scenario and what was given. */
export function givenRates(options: RateOptions): { option: string; path: string; value: string }[] {
  return rateOptions().flatMap(({ rate, option }) => {
    const value: unknown = Reflect.get(options, rate);
    return typeof value === 'string' ? [{ option, path: `load.${rate}`, value }] : [];
  });
}
