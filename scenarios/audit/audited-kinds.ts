// The kinds of attempts that are audited: every kind that the generator reports has its entry, or this does not compile.
import type { Attempt } from '../../sim/adapters/our-shop/attempts.ts';
import { actions } from './actions/actions.ts';
import { acted } from './acts/acts.ts';
import { productArrivals, userArrivals } from './arrivals/arrivals.ts';
import { orders } from './orders/orders.ts';
import type { AuditedKind } from './rules/attempt-kind.ts';
import { signUps } from './sign-ups/sign-ups.ts';

export const auditedKinds: Readonly<Record<Attempt['kind'], AuditedKind>> = {
  order: orders,
  act: acted,
  'sign-up': signUps,
  'product-arrival': productArrivals,
  'user-arrival': userArrivals,
  actions,
};
