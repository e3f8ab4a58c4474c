// How prices, times and states are written.
import type { PaymentMethod } from '../../contract/common.ts';
import type { OrderState, RejectionReason } from '../../contract/orders.ts';

const number = new Intl.NumberFormat('en-US');
const time = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'Asia/Seoul',
});

/** `₩12,300`, `−₩500`. */
export const won = (krw: number): string => `${krw < 0 ? '−' : ''}₩${number.format(Math.abs(krw))}`;

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

export const REASONS: Record<RejectionReason, string> = {
  'sold-out': 'Something in it was sold out a moment before.',
  'unknown-product': 'Something in it is no longer on sale.',
  'price-changed': 'A price changed while you were ordering.',
  'payment-declined': 'The payment was declined.',
  'customer-not-active': 'This account cannot order.',
};

export const PAYMENT_METHODS: Record<PaymentMethod, string> = {
  card: 'Card',
  naver: 'Naver Pay',
  kakao: 'Kakao Pay',
  bank: 'Bank transfer',
};
