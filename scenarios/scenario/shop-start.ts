// The instant that the shop's clock shows when a run starts.
import type { Scenario } from './scenario.ts';

/** The scenario's day and hour in Asia/Seoul, which has been UTC+9 without daylight saving since 1988. */
export function shopStart(scenario: Pick<Scenario, 'data' | 'shop'>): Date {
  const hour = String(scenario.shop.hour).padStart(2, '0');
  return new Date(`${scenario.data.asOf}T${hour}:00:00+09:00`);
}
