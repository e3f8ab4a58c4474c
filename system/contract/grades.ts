// What a customer's grade is made of (given, docs/shop-rules.md "Grades"): what generated histories follow, and the shop.
import type { Grade } from './common.ts';

/** Orders of this many days count. */
export const GRADE_WINDOW_DAYS = 180;

/** Least orders and least amount, both needed, from the highest grade down. */
export const GRADE_RULES: readonly { grade: Grade; leastOrderCount: number; leastAmountKrw: number }[] = [
  { grade: 'VIP', leastOrderCount: 15, leastAmountKrw: 3_000_000 },
  { grade: 'GOLD', leastOrderCount: 8, leastAmountKrw: 1_000_000 },
  { grade: 'SILVER', leastOrderCount: 3, leastAmountKrw: 300_000 },
];

/** The grade of somebody with so many successful orders of so much in the window (not cancelled, not refunded). */
export function gradeOf(orderCount: number, amountKrw: number): Grade {
  for (const { grade, leastOrderCount, leastAmountKrw } of GRADE_RULES) {
    if (orderCount >= leastOrderCount && amountKrw >= leastAmountKrw) return grade;
  }
  return 'BRONZE';
}
