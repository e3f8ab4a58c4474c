// Counts what a history holds while it is made, so that its page and its check need not read it again: additive figures
// only, of bounded size, which groups of people or weeks are merged by adding.
import { monthOf, seoulDay, seoulHour, weekdayOf } from '../../model/calendar.ts';
import { CATEGORIES } from '../../model/catalogue/categories.ts';
import { type Grade, type Person, REGIONS } from '../../model/person.ts';
import type { GradeChange } from './grade-ledger.ts';
import type { HistorySink } from './history-sink.ts';
import { type HistoryOrder, isKept } from './make-order.ts';
import type { Year } from './year.ts';

export const GRADES = ['BRONZE', 'SILVER', 'GOLD', 'VIP'] as const satisfies readonly Grade[];
/** Most lines that any basket has. */
const MOST_LINES = 20;
/** Bins of a customer's revenue and of an order's value: 20 a decade from 1,000 KRW. */
export const BINS_PER_DECADE = 20;
const BIN_COUNT = 160;

/** Every list is indexed as its name says; all numbers are counts or KRW. */
export type Tally = {
  orderCount: number;
  lineCount: number;
  keptKrw: number;
  ordersByDay: number[];
  krwByDay: number[];
  ordersByHour: number[];
  ordersByWeekday: number[];
  ordersByMonth: number[];
  ordersByLineCount: number[];
  linesByCategory: number[];
  krwByCategory: number[];
  /** Σ ln(total) and Σ ln(total)² over all orders. */
  logSum: number;
  logSquareSum: number;
  signUpsByDay: number[];
  peopleByRegion: number[];
  /** Net change of a grade's people in each week of the history; sign-ups enter as BRONZE. */
  gradeChangeByWeek: Record<Grade, number[]>;
  peopleByGrade: Record<Grade, number>;
  buyerCount: number;
  repeaterCount: number;
  /** Customers with orders by what they spent: how many, and the sum of it, per bin. */
  spenders: { count: number[]; krw: number[] };
  ordersByState: Record<string, number>;
};

export function emptyTally(dayCount: number): Tally {
  const zeros = (count: number): number[] => new Array<number>(count).fill(0);
  const weeks = Math.ceil(dayCount / 7) + 1;
  return {
    orderCount: 0,
    lineCount: 0,
    keptKrw: 0,
    ordersByDay: zeros(dayCount),
    krwByDay: zeros(dayCount),
    ordersByHour: zeros(24),
    ordersByWeekday: zeros(7),
    ordersByMonth: zeros(12),
    ordersByLineCount: zeros(MOST_LINES + 1),
    linesByCategory: zeros(CATEGORIES.length + 1),
    krwByCategory: zeros(CATEGORIES.length + 1),
    logSum: 0,
    logSquareSum: 0,
    signUpsByDay: zeros(dayCount),
    peopleByRegion: zeros(REGIONS.length),
    gradeChangeByWeek: { BRONZE: zeros(weeks), SILVER: zeros(weeks), GOLD: zeros(weeks), VIP: zeros(weeks) },
    peopleByGrade: { BRONZE: 0, SILVER: 0, GOLD: 0, VIP: 0 },
    buyerCount: 0,
    repeaterCount: 0,
    spenders: { count: zeros(BIN_COUNT), krw: zeros(BIN_COUNT) },
    ordersByState: {},
  };
}

/** A sink that counts; a person must come after their orders. */
export function createTally(
  year: Pick<Year, 'firstDay' | 'dayCount' | 'startMs'>,
): HistorySink & { tally: Tally } {
  const tally = emptyTally(year.dayCount);
  const spentKrw = new Map<number, { krw: number; count: number }>();
  const monthByDay = Uint8Array.from({ length: year.dayCount }, (_, i) => monthOf(year.firstDay + i).month);
  return {
    tally,
    order: (order) => {
      countOrder(tally, order, year.firstDay, monthByDay);
      const spent = spentKrw.get(order.customerId) ?? { krw: 0, count: 0 };
      spent.krw += isKept(order) ? order.totalKrw : 0;
      spent.count += 1;
      spentKrw.set(order.customerId, spent);
    },
    gradeChange: ({ changedAtMs, from, to }: GradeChange) => {
      const week = Math.floor((seoulDay(changedAtMs) - year.firstDay) / 7);
      add(tally.gradeChangeByWeek[from], week, -1);
      add(tally.gradeChangeByWeek[to], week, 1);
    },
    action: () => undefined,
    person: (person) => {
      countPerson(tally, person, year.firstDay);
      const spent = spentKrw.get(person.id);
      if (spent === undefined) return;
      spentKrw.delete(person.id);
      tally.buyerCount += 1;
      if (spent.count > 1) tally.repeaterCount += 1;
      const bin = binOf(spent.krw);
      add(tally.spenders.count, bin, 1);
      add(tally.spenders.krw, bin, spent.krw);
    },
  };
}

function countOrder(tally: Tally, order: HistoryOrder, firstDay: number, monthByDay: Uint8Array): void {
  const day = seoulDay(order.placedAtMs);
  const kept = isKept(order) ? order.totalKrw : 0;
  tally.orderCount += 1;
  tally.lineCount += order.lines.length;
  tally.keptKrw += kept;
  add(tally.ordersByDay, day - firstDay, 1);
  add(tally.krwByDay, day - firstDay, kept);
  add(tally.ordersByHour, seoulHour(order.placedAtMs), 1);
  add(tally.ordersByWeekday, weekdayOf(day), 1);
  add(tally.ordersByMonth, monthByDay[day - firstDay] ?? Number.NaN, 1);
  add(tally.ordersByLineCount, order.lines.length, 1);
  for (const { product, quantity } of order.lines) {
    add(tally.linesByCategory, product.categoryId, 1);
    add(tally.krwByCategory, product.categoryId, quantity * product.priceKrw);
  }
  const log = Math.log(order.totalKrw);
  tally.logSum += log;
  tally.logSquareSum += log * log;
  tally.ordersByState[order.state] = (tally.ordersByState[order.state] ?? 0) + 1;
}

function countPerson(tally: Tally, person: Person, firstDay: number): void {
  const day = seoulDay(person.createdAtMs) - firstDay;
  add(tally.signUpsByDay, Math.max(0, day), 1);
  add(tally.peopleByRegion, REGIONS.indexOf(person.region), 1);
  add(tally.gradeChangeByWeek.BRONZE, Math.max(0, Math.floor(day / 7)), 1);
  tally.peopleByGrade[person.grade] += 1;
}

/** Adds one tally of the same history to another. */
export function mergeTally(into: Tally, from: Tally): void {
  mergeValue(into as unknown as Nested, from as unknown as Nested);
}

type Nested = { [key: string]: number | number[] | Nested };

function mergeValue(into: Nested, from: Nested): void {
  for (const [key, value] of Object.entries(from)) {
    const own = into[key];
    if (typeof value === 'number') into[key] = (typeof own === 'number' ? own : 0) + value;
    else if (Array.isArray(value)) {
      if (Array.isArray(own)) for (const [index, count] of value.entries()) add(own, index, count);
    } else if (own !== undefined && typeof own === 'object' && !Array.isArray(own)) mergeValue(own, value);
  }
}

/** Bin of an amount in KRW; what is below 1,000 KRW is in the first. */
export function binOf(krw: number): number {
  const bin = Math.floor(Math.log10(Math.max(krw, 1) / 1_000) * BINS_PER_DECADE);
  return Math.min(Math.max(bin, 0), BIN_COUNT - 1);
}

function add(list: number[], index: number, count: number): void {
  if (index < 0 || index >= list.length) {
    throw new Error(`A tally has ${list.length} places; place ${index} was to be counted.`);
  }
  list[index] = (list[index] ?? 0) + count;
}
