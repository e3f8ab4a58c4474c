// Faults that a rehearsal can do to its own shop in mid-load: what they are called, when they strike, what they need.
import { didYouMean } from '../mistakes/nearest.ts';

export const FAULT_NAMES = [
  'api-kill',
  'consumer-kill',
  'broker-kill',
  'redis-flush',
  'database-restart',
] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

/** A fault and when it strikes, as a share of the measured span. */
export type FaultPlan = { name: FaultName; atRatio: number };

/** What the page calls the moment. */
export const faultLabels: Record<FaultName, string> = {
  'api-kill': 'API killed',
  'consumer-kill': 'orders consumer killed',
  'broker-kill': 'one of three brokers killed',
  'redis-flush': 'Redis keys flushed',
  'database-restart': 'PostgreSQL crashed',
};

/** Recovery is what a fault run is judged by, beside its audit; latency limits would only measure the blow. */
export const faultThresholds = {
  'recovered-within': { metric: 'fault.recoverySeconds', statistic: 'value' as const, atMost: 30 },
};

/** A broker can only be spared where there are others. */
export function brokerCountFor(fault: FaultPlan | undefined): 1 | 3 {
  return fault?.name === 'broker-kill' ? 3 : 1;
}

/** Reads `broker-kill@50%` (without a share: 50 %); a string is the mistake. */
export function readFault(text: string): FaultPlan | string {
  const [name = '', share = '50%'] = text.split('@');
  const found = FAULT_NAMES.find((known) => known === name);
  if (found === undefined) {
    return `--fault ${text}: there is no fault ${name}.${didYouMean(name, FAULT_NAMES)} Known: ${FAULT_NAMES.join(', ')}.`;
  }
  const percent = /^(\d{1,2}(?:\.\d+)?)%$/.exec(share)?.[1];
  if (percent === undefined) {
    return `--fault ${text}: found ${share}. Needed: a share of the measured span from 0% to 99%, e.g. ${found}@50%.`;
  }
  return { name: found, atRatio: Number(percent) / 100 };
}
