// Authorising payments. Today every payment is approved at once; a gateway or bank deposit comes in behind the same
// function type.
import { setTimeout as wait } from 'node:timers/promises';
import type { PaymentMethod } from '../contract/common.ts';

export type PaymentRequest = {
  orderId: string;
  customerId: number;
  method: PaymentMethod;
  amountKrw: number;
};
export type PaymentResult = { kind: 'approved' } | { kind: 'declined' };

/** Authorises payments; one result per request, in the same order. Called while the stock is held: it must be quick. */
export type AuthorisePayments = (requests: readonly PaymentRequest[]) => Promise<PaymentResult[]>;

/** Approves every payment at once. */
export const approveAtOnce: AuthorisePayments = async (requests) =>
  requests.map(() => ({ kind: 'approved' }));

/** Approves every payment, `delayMs` after it was asked for: a slow bank, planted to see whether a measurement notices. */
export const approveAfter =
  (delayMs: number): AuthorisePayments =>
  async (requests) => {
    await wait(delayMs);
    return approveAtOnce(requests);
  };
