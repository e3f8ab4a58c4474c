// The features of the shop, in the order in which they are opened and their routes are described. Whatever belongs to a
// feature it tells of itself in its folder's feature.ts; adding one takes its folder and a line here.
import { behaviourFeature } from './behaviour/feature.ts';
import { cartFeature } from './cart/feature.ts';
import { catalogFeature } from './catalog/feature.ts';
import { countersFeature } from './counters/feature.ts';
import { couponsFeature } from './coupons/feature.ts';
import { customersFeature } from './customers/feature.ts';
import { gradesFeature } from './grades/feature.ts';
import { hotSetFeature } from './hot-set/feature.ts';
import { intakeFeature } from './intake/feature.ts';
import { notificationsFeature } from './notifications/feature.ts';
import { ordersFeature } from './orders/feature.ts';
import { paymentsFeature } from './payments/feature.ts';
import type { Feature } from './platform/features/feature.ts';
import { recommendationsFeature } from './recommendations/feature.ts';
import { rulesFeature } from './rules/feature.ts';
import { storefrontFeature } from './storefront/feature.ts';
import { visitsFeature } from './visits/feature.ts';
import { wishesFeature } from './wishes/feature.ts';

export const FEATURES = [
  catalogFeature,
  customersFeature,
  visitsFeature,
  cartFeature,
  ordersFeature,
  couponsFeature,
  wishesFeature,
  intakeFeature,
  paymentsFeature,
  behaviourFeature,
  recommendationsFeature,
  notificationsFeature,
  countersFeature,
  rulesFeature,
  storefrontFeature,
  hotSetFeature,
  gradesFeature,
] as const satisfies readonly Feature[];
