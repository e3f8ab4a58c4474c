// How prices, times and states are written.
import type { PaymentMethod } from '../../../contract/common.ts';
import type { OrderOutcome, OrderState } from '../../../contract/orders.ts';

const number = new Intl.NumberFormat('en-US');
const time = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'Asia/Seoul',
});

/** `₩12,300`, `−₩500`. */
export const won = (krw: number): string => `${krw < 0 ? '−' : ''}₩${number.format(Math.abs(krw))}`;

/** `1 item`, `3 items`. */
export function counted(lines: readonly { quantity: number }[]): string {
  const count = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return `${number.format(count)} ${count === 1 ? 'item' : 'items'}`;
}

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'Asia/Seoul' });

/** `14:03:05` in Korean time. */
export const timeOfDay = (instant: Date): string => clock.format(instant);

/** An instant in Korean time. */
export const dateAndTime = (instant: string): string => time.format(new Date(instant));

export const STATES: Record<OrderState, string> = {
  reserved: 'Being checked',
  approved: 'Paid, being confirmed',
  confirmed: 'Confirmed',
  shipped: 'Shipped',
  delivered: 'Delivered',
  rejected: 'Rejected',
  cancelled: 'Cancelled',
  refunded: 'Refunded',
};

/** What is told of an order's outcome, wherever the shopper is. */
export function outcomeText({ state, totalKrw }: OrderOutcome): string {
  switch (state) {
    case 'rejected':
      return 'An order was rejected.';
    case 'cancelled':
    case 'refunded':
      return `Your order over ${won(totalKrw)} was ${state}.`;
    case 'confirmed':
    case 'shipped':
    case 'delivered':
      return `Your order over ${won(totalKrw)} is ${state}.`;
    case 'reserved':
    case 'approved':
      return `Your order over ${won(totalKrw)} is being checked.`;
  }
}

export const REASONS: Record<NonNullable<OrderOutcome['rejectionReason']>, string> = {
  'sold-out': 'Something in it was sold out a moment before.',
  'unknown-product': 'Something in it is no longer on sale.',
  'price-changed': 'A price changed while you were ordering.',
  'payment-declined': 'The payment was declined.',
  'customer-not-active': 'This account cannot order.',
  'coupon-unknown': 'This coupon cannot be used.',
  'coupon-used': 'This coupon was used already.',
  'coupon-expired': 'This coupon has expired.',
  'coupon-does-not-apply': 'This coupon takes nothing off what is in the order.',
  'order-id-taken': 'Its number was in use, so nothing was placed. Order again.',
};

export const PAYMENT_METHODS: Record<PaymentMethod, string> = {
  card: 'Card',
  naver: 'Naver Pay',
  kakao: 'Kakao Pay',
  bank: 'Bank transfer',
};
