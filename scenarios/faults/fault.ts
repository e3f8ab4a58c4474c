// A fault of a run: which of those that its target offers, and when it strikes.
import { didYouMean } from '../mistakes/nearest.ts';

/** What can be done to a target in mid-load, by name, and what the page calls the moment. */
export type Faults = Readonly<Record<string, { label: string }>>;

/** A fault and when it strikes, as a share of the measured span. */
export type FaultPlan = { name: string; atRatio: number };

/** Recovery is what a fault run is judged by, beside its audit; latency limits would only measure the blow. */
export const faultThresholds = {
  'recovered-within': { metric: 'fault.recoverySeconds', statistic: 'value' as const, atMost: 30 },
};

/** Reads `broker-kill@50%` (without a share: 50 %) against the faults that there are; a string is the mistake. */
export function readFault(text: string, faults: Faults): FaultPlan | string {
  const [name = '', share = '50%'] = text.split('@');
  const names = Object.keys(faults);
  if (!names.includes(name)) {
    const known = names.length === 0 ? 'Its target offers none' : `Known: ${names.join(', ')}`;
    return `--fault ${text}: there is no fault ${name}.${didYouMean(name, names)} ${known}.`;
  }
  const percent = /^(\d{1,2}(?:\.\d+)?)%$/.exec(share)?.[1];
  if (percent === undefined) {
    return `--fault ${text}: found ${share}. Needed: a share of the measured span from 0% to 99%, e.g. ${name}@50%.`;
  }
  return { name, atRatio: Number(percent) / 100 };
}
