// What coupons add to the shop: the routes of those who hold them and of operators. Orders take them (checkout.ts), rules issue
// them (issue.ts).
import type { Feature } from '../platform/features/feature.ts';
import { type CouponMetrics, createCouponMetrics } from './metrics.ts';
import { registerCouponOperatorRoutes } from './operator/routes.ts';
import { registerCouponRoutes } from './routes.ts';

export const couponsFeature = {
  name: 'coupons',
  metrics: createCouponMetrics,
  open: ({ database, clock }, metrics: CouponMetrics) => ({
    api: () => ({
      routes(app, authenticate) {
        const deps = { database, clock, metrics, authenticate };
        registerCouponRoutes(app, deps);
        registerCouponOperatorRoutes(app, deps);
      },
    }),
  }),
} satisfies Feature<Record<never, never>, CouponMetrics>;
