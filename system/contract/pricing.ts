// What is added to and taken off the items of an order: figures that the shop decides with and that generated histories
// must agree with.
import type { Grade } from './common.ts';

const FREE_SHIPPING_FROM_KRW = 50_000;
const SHIPPING_KRW = 2_500;
const JEJU_SHIPPING_KRW = 3_000;
const DISCOUNT_PERCENT: Record<Grade, number> = { BRONZE: 0, SILVER: 2, GOLD: 5, VIP: 10 };

/** Shipping of an order in KRW: free from 50,000 KRW of items, else 2,500, to Jeju 3,000. */
export function shippingKrw(itemsTotalKrw: number, region: string): number {
  if (itemsTotalKrw >= FREE_SHIPPING_FROM_KRW) return 0;
  return region === 'Jeju' ? JEJU_SHIPPING_KRW : SHIPPING_KRW;
}

/** The grade's discount on the items in KRW (0, 2, 5 or 10 %), floored to 10 KRW; not negative. */
export function discountKrw(itemsTotalKrw: number, grade: Grade): number {
  return Math.floor((itemsTotalKrw * DISCOUNT_PERCENT[grade]) / 1_000) * 10;
}
