// How prices, numbers and times are written, in the language that the page is in. Times are Korean.
import type { OrderOutcome } from '../../../contract/orders.ts';
import { language, locale, texts } from '../language/language.ts';

/** `₩12,300`, `−₩500`; in Korean `12,300원`, `−500원`. */
export function won(krw: number): string {
  const amount = new Intl.NumberFormat(locale()).format(Math.abs(krw));
  return `${krw < 0 ? '−' : ''}${language() === 'ko' ? `${amount}원` : `₩${amount}`}`;
}

/** More unread notifications are not counted. */
const MOST_COUNTED = 99;

/** `7`, `99+`; null stays null. */
export const countText = (count: number | null): string | null =>
  count === null ? null : count > MOST_COUNTED ? `${MOST_COUNTED}+` : String(count);

/** `10%`. */
export const percent = (ratio: number): string =>
  new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 2 }).format(ratio);

/** `1 item`, `3 items`. */
export function counted(lines: readonly { quantity: number }[]): string {
  return texts().order.items(lines.reduce((sum, { quantity }) => sum + quantity, 0));
}

const written = (instant: Date, style: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale(), { ...style, timeZone: 'Asia/Seoul' }).format(instant);

/** `14:03:05`. */
export const timeOfDay = (instant: Date): string => written(instant, { timeStyle: 'medium' });

/** `2 Mar 2026, 14:03`. */
export const dateAndTime = (instant: string): string =>
  written(new Date(instant), { dateStyle: 'medium', timeStyle: 'short' });

/** `2 Mar 2026`. */
export const dateOf = (instant: string): string => written(new Date(instant), { dateStyle: 'medium' });

/** What is told of an order's outcome, wherever the shopper is. */
export function outcomeText({ state, totalKrw }: Pick<OrderOutcome, 'state' | 'totalKrw'>): string {
  const { order } = texts();
  return state === 'rejected' ? order.rejected : order.became(won(totalKrw), state);
}
