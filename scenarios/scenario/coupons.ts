// Whether anybody holds coupons in a scenario: only then do buyers ask what theirs take off.
import type { Scenario } from './scenario.ts';

/** People hold some when the run starts, or the shop's rules give them during it. */
export function hasCoupons({ coupons, rules }: Pick<Scenario, 'coupons' | 'rules'>): boolean {
  return coupons.holderRatio > 0 || rules.active === 'on';
}
