// What any generator may report to a cell: attempts at our shop, and checkouts at somebody's own.
import type { Attempt } from '../../sim/adapters/our-shop/attempts.ts';
import type { CheckoutAttempt } from '../../sim/adapters/your-shop/attempts.ts';

export type RecordedAttempt = Attempt | CheckoutAttempt;
