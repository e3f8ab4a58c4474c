// The part of a run's plan that says what comes into the shop from outside: products at the pace of the live producers and,
// instead of signing up by themselves, the people of the growth curve.

import { createRandom } from '../../sim/model/chance/random.ts';
import { planProducts } from '../../sim/model/deliveries.ts';
import { planLive } from '../../sim/model/live-load.ts';
import type { Newcomer } from '../../sim/model/newcomers.ts';
import type { RunPlan } from '../../sim/model/run-plan.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { shopStart } from '../scenario/shop-start.ts';

/**
 * Newcomers and deliveries of the measured span. Where nothing comes from outside newcomers sign up at the shop, else they come
 * through its topic. The same scenario and seed give the same.
 */
export function planFromOutside(
  scenario: Scenario,
  seed: number,
  newcomers: readonly Newcomer[],
): Pick<RunPlan, 'newcomers' | 'deliveries'> {
  const { intake, load, shop } = scenario;
  if (intake.through === 'none') return newcomers.length === 0 ? {} : { newcomers: [...newcomers] };
  const startsMs = planLive('product', {
    fromMs: 0,
    toMs: load.durationSeconds * 1_000,
    hour: shop.hour,
    producers: load.producers,
    random: createRandom(seed, 'live-products'),
  });
  const products = planProducts({ seed, asOfMs: shopStart(scenario).getTime(), startsMs });
  const people = newcomers.map((newcomer) => ({
    kind: 'user' as const,
    startMs: newcomer.startMs,
    newcomer,
  }));
  return { deliveries: [...products, ...people].sort((a, b) => a.startMs - b.startMs) };
}
