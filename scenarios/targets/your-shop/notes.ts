// What a reader of a run against somebody's own shop must know of its figures.
import { formatNumber } from '../../../reports/format/format.ts';
import { arrivalKindOf, rateText } from '../../scenario/arrival-rate.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { isLoopbackName } from './rails/loopback-name.ts';

/** Of our own shop's busiest hour, as the founders gave it. */
const FOUNDING_PEAK_SESSIONS_PER_SECOND = 130;

export function notesOfYours(scenario: Scenario, _cells: readonly Scenario[]): string[] {
  const { load } = scenario;
  const ramp = load.rampSeconds ?? 0;
  return [
    ...(scenario.capacity === undefined && arrivalKindOf(load).rate === 'sessionsPerSecond'
      ? [peakNote(load.sessionsPerSecond)]
      : []),
    ...(ramp === 0
      ? []
      : [
          `The rate rises evenly from nothing to ${scenario.capacity === undefined ? rateText(load) : 'that of the probe'} in the first ${ramp} s, before the measured span.`,
        ]),
    'The shop is seen as its shoppers see it: how long it took to answer, and what it said. Where the time went inside, and what its machines did, is not known here.',
    'An order is confirmed when the shop tells the shopper that it stands, from the click on.',
  ];
}

function peakNote(perSecond: number): string {
  const ratio = perSecond / FOUNDING_PEAK_SESSIONS_PER_SECOND;
  if (ratio === 1) return `${perSecond} sessions/s is the peak that these scenarios were made for, at 20:00.`;
  const share = ratio > 1 ? `${formatNumber(ratio)} times` : `${formatNumber(ratio * 100)} % of`;
  return `${perSecond} sessions/s is ${share} the peak that these scenarios were made for (${FOUNDING_PEAK_SESSIONS_PER_SECOND} sessions/s at 20:00): raise it with --sessions-per-second as far as your own busiest hour goes.`;
}

export function whereYours({ yourShop }: Scenario): string {
  const { host, hostname } = new URL(yourShop?.url ?? 'http://localhost');
  return isLoopbackName(hostname)
    ? `The shop at ${host} ran on the same machine as the generator, and both waited for the same processors.`
    : `The shop ran at ${host}: every time includes the network between it and the generator.`;
}
