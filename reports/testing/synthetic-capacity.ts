// Searches for the highest rate as a capacity scenario would have recorded them, with a limit that lies where it is said to.
import type { CapacityProbe, CapacityResult, ThresholdResult } from '../record/result.ts';

const LIMIT_MS = 1_000;

/** A wait that crosses its limit right above `capacity`. */
function limitsAt(variant: string, perSecond: number, capacity: number): ThresholdResult[] {
  const value = perSecond <= capacity ? 20 + 400 * (perSecond / capacity) ** 8 : 2_140;
  return [
    {
      name: 'order-confirmed-p95',
      variant,
      metric: 'order.confirmed',
      statistic: 'p95',
      unit: 'ms',
      atMost: LIMIT_MS,
      value,
      ok: value <= LIMIT_MS,
      firstCrossedAtSecond: null,
    },
  ];
}

function probeAt(
  name: string,
  perSecond: number,
  capacity: number,
  kind: CapacityProbe['kind'],
): CapacityProbe {
  const variant = `${name}-${perSecond}${kind === 'confirm' ? '-confirm' : ''}`;
  const limits = limitsAt(variant, perSecond, capacity);
  const verdict = limits.every(({ ok }) => ok) ? 'kept' : 'broken';
  return {
    variant,
    kind,
    perSecond,
    durationSeconds: kind === 'confirm' ? 30 : 8,
    verdict,
    limits,
    reasons: [],
  };
}

/** A search that confirmed `sustained` and saw `failed` fail. */
export function foundCapacity(
  transport: string,
  apiProcesses: number,
  sustained: number,
  failed: number,
): CapacityResult {
  const name = `${transport}-${apiProcesses}api`;
  const short = [sustained / 2, failed, sustained].map((rate) => probeAt(name, rate, sustained, 'bracket'));
  const long = [sustained, failed].map((rate) => probeAt(name, rate, sustained, 'confirm'));
  return {
    transport,
    apiProcesses,
    connectionsPerApi: 16 / apiProcesses,
    arrivals: 'orders',
    outcome: 'found',
    sustainedPerSecond: sustained,
    firstFailedPerSecond: failed,
    isClosed: true,
    toleranceRatio: 0.06,
    reason: `confirmed at ${sustained}/s, failed at ${failed}/s in an equally long probe`,
    variant: `${name}-${sustained}-confirm`,
    probes: [...short, ...long],
  };
}

/** One above which the generator was the limit. */
export function atLeastCapacity(transport: string, sustained: number, wall: number): CapacityResult {
  const found = foundCapacity(transport, 1, sustained, wall);
  const spoilt = (probe: CapacityProbe): CapacityProbe =>
    probe.perSecond < wall
      ? probe
      : { ...probe, verdict: 'invalid', reasons: ['The generator used 97.0 % of a core (need ≤ 90.0 %).'] };
  return {
    ...found,
    outcome: 'at-least',
    isClosed: false,
    reason: `at ${wall}/s the generator was the limit`,
    probes: found.probes.map(spoilt),
  };
}

/** One without any rate that held. */
export function noCapacity(transport: string): CapacityResult {
  const found = foundCapacity(transport, 1, 5, 5);
  return {
    ...found,
    outcome: 'none',
    sustainedPerSecond: null,
    isClosed: false,
    reason: 'even 5/s, the least that was asked for, broke a limit',
  };
}

/** One that this machine has too few cores for. */
export function skippedCapacity(transport: string, apiProcesses: number): CapacityResult {
  return {
    ...foundCapacity(transport, apiProcesses, 1, 1),
    outcome: 'skipped',
    sustainedPerSecond: null,
    firstFailedPerSecond: null,
    isClosed: false,
    reason: `four API processes would need as many cores; this machine has 2`,
    variant: null,
    probes: [],
  };
}
