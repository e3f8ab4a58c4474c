// What payments add to the shop: a slow bank, where a measurement is tested.
import type { Log } from '../platform/diagnostics/log.ts';
import type { Feature } from '../platform/features/feature.ts';
import { planted, type ShopSettings } from '../platform/settings/settings.ts';
import { type AuthorisePayments, approveAfter, approveAtOnce } from './authorise.ts';

export type PaymentsConfig = Readonly<{ plantedOrderDelayMs: number }>;

const settings: ShopSettings<PaymentsConfig> = {
  plantedOrderDelayMs: {
    variable: 'PLANTED_ORDER_DELAY_MS',
    fallback: '0',
    meaning: 'tests only: ms that every payment takes longer; refused without SHOP_TESTING=1',
    with: { SHOP_TESTING: '1 where faults may be planted on purpose; never in production' },
    parse: (text, environment) => planted(text, environment, 10_000),
  },
};

/** How payments are authorised in a shop with these settings. */
export function paymentsOf({ plantedOrderDelayMs }: PaymentsConfig, log: Log): AuthorisePayments {
  if (plantedOrderDelayMs === 0) return approveAtOnce;
  log.warn({ plantedOrderDelayMs }, 'payments are slowed down on purpose');
  return approveAfter(plantedOrderDelayMs);
}

export const paymentsFeature = { name: 'payments', settings } satisfies Feature;
