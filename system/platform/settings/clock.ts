// The shop's only source of time: its own calendar time, which a run may shift, and the machine's monotonic clock for
// durations. Rules get instants handed in.
import type { PlatformConfig } from './config.ts';

export type Clock = {
  /** The shop's time: for dates, expiry and everything a rule decides by. */
  now(): Date;
  /** CLOCK_MONOTONIC in ms with sub-ms precision; comparable between processes of one machine, not between machines. */
  monotonicMs(): number;
};

const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

/** How far the shop's calendar is ahead of the wall clock, in ms; the same in all processes of a shop. */
export function clockShiftMs({
  shopClockStart,
  shopClockStartedAtMs,
}: Pick<PlatformConfig, 'shopClockStart' | 'shopClockStartedAtMs'>): number {
  return shopClockStart === null || shopClockStartedAtMs === null
    ? 0
    : shopClockStart.getTime() - shopClockStartedAtMs;
}

/** The wall clock, or a clock at 1× that showed `shopClockStart` when the wall clock was at `shopClockStartedAtMs`. */
export function createClock(config: Pick<PlatformConfig, 'shopClockStart' | 'shopClockStartedAtMs'>): Clock {
  const shiftMs = clockShiftMs(config);
  return { now: () => new Date(Date.now() + shiftMs), monotonicMs };
}
