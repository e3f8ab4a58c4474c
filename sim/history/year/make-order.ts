// One order of a history, priced as the shop prices (system/contract/pricing.ts), with what became of it by the end.
import { discountKrw, shippingKrw } from '../../../system/contract/pricing.ts';
import { DAY_MS } from '../../model/calendar.ts';
import type { BasketLine } from '../../model/catalogue/basket.ts';
import { type Random, type UuidWords, uuidv7 } from '../../model/chance/random.ts';
import { cumulate } from '../../model/chance/weighted-choice.ts';
import type { Grade, Person } from '../../model/person.ts';
import { BEHAVIOUR, type PaymentMethod } from '../../shopper/state/behaviour.ts';
import type { Year } from './year.ts';

export type OrderEnd = 'confirmed' | 'shipped' | 'delivered' | 'cancelled' | 'refunded';

export type HistoryOrder = {
  id: UuidWords;
  customerId: number;
  state: OrderEnd;
  paymentMethod: PaymentMethod;
  totalKrw: number;
  placedAtMs: number;
  resolvedAtMs: number;
  cancelledAtMs: number | null;
  lines: BasketLine[];
  shippingKrw: number;
  discountKrw: number;
};

/** Ours: an order is confirmed within 50 to 900 ms, shipped after a day and delivered after three. */
const RESOLVED_MS: [number, number] = [50, 900];
const SHIPPED_AFTER_MS = DAY_MS;
const DELIVERED_AFTER_MS = 3 * DAY_MS;
/** Ours: a cancellation follows within two hours, 20 minutes on average. */
const CANCELLED_MEAN_MS = 20 * 60_000;
const CANCELLED_LATEST_MS = 2 * 3_600_000;

const METHODS = ['card', 'naver', 'kakao', 'bank'] as const satisfies readonly PaymentMethod[];
const PAYMENTS = BEHAVIOUR.checkout.paymentByAge.map(([youngest, weights]) => ({
  youngest,
  cumulated: cumulate(METHODS.map((method) => weights[method])),
}));

/** Whether the order's money and goods stayed with both sides: such orders hold stock and count for grades. */
export function isKept(order: Pick<HistoryOrder, 'state'>): boolean {
  return order.state !== 'cancelled' && order.state !== 'refunded';
}

/** Draws an order that a person of this grade places at this instant. */
export function makeOrder(
  year: Pick<Year, 'preset' | 'untilMs'>,
  person: Pick<Person, 'id' | 'region' | 'age'>,
  grade: Grade,
  placedAtMs: number,
  lines: BasketLine[],
  random: Random,
): HistoryOrder {
  let itemsKrw = 0;
  for (const { product, quantity } of lines) itemsKrw += product.priceKrw * quantity;
  const shipping = shippingKrw(itemsKrw, person.region);
  const discount = discountKrw(itemsKrw, grade);
  const id = uuidv7(random, placedAtMs);
  const resolvedAtMs = placedAtMs + random.integer(...RESOLVED_MS);
  const paymentMethod = drawMethod(person.age, random);
  return {
    id,
    customerId: person.id,
    ...drawEnd(year, placedAtMs, resolvedAtMs, random),
    paymentMethod,
    totalKrw: itemsKrw + shipping - discount,
    placedAtMs,
    resolvedAtMs,
    lines,
    shippingKrw: shipping,
    discountKrw: discount,
  };
}

function drawMethod(age: number, random: Random): PaymentMethod {
  const row = PAYMENTS.findLast(({ youngest }) => youngest <= age) ?? PAYMENTS[0];
  return METHODS[random.weighted(row?.cumulated ?? [1])] ?? 'card';
}

function drawEnd(
  { preset, untilMs }: Pick<Year, 'preset' | 'untilMs'>,
  placedAtMs: number,
  resolvedAtMs: number,
  random: Random,
): Pick<HistoryOrder, 'state' | 'cancelledAtMs'> {
  const fate = random.uniform();
  const wait = Math.min(random.exponential(1 / CANCELLED_MEAN_MS), CANCELLED_LATEST_MS);
  const cancelledAtMs = resolvedAtMs + Math.ceil(wait);
  const ageMs = untilMs - placedAtMs;
  if (fate < preset.cancelledRatio && cancelledAtMs < untilMs) return { state: 'cancelled', cancelledAtMs };
  const isOld = ageMs >= DELIVERED_AFTER_MS;
  const refunded = fate >= preset.cancelledRatio && fate < preset.cancelledRatio + preset.refundedRatio;
  if (isOld && refunded) return { state: 'refunded', cancelledAtMs: null };
  const state = isOld ? 'delivered' : ageMs >= SHIPPED_AFTER_MS ? 'shipped' : 'confirmed';
  return { state, cancelledAtMs: null };
}
