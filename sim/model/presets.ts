// The shops that a history can have: the founders' own, and three calibrated on what real shops published. Every figure
// of a preset in one table; sources in docs/realism.md and docs/shop-rules.md.

import type { CalendarWeights } from './calendar.ts';
import type { BasketLaw } from './catalogue/basket.ts';
import type { OrderVolumeCurve } from './hour-curves.ts';
import { CDNOW, type RepeatPurchase } from './repeat-purchase.ts';

/** Who buys: `pools` are the founders' hot pools of customers and products, `habits` a BG/NBD rate of everyone's own. */
export type Buying =
  | { kind: 'pools' }
  | {
      kind: 'habits';
      law: RepeatPurchase;
      /** Share of first orders on the visit of the sign-up; the others wait, exponentially, in weeks of buying time. */
      firstVisitRatio: number;
      firstWaitWeeks: number;
    };

export type HistoryPreset = {
  title: string;
  hours: OrderVolumeCurve;
  calendar: CalendarWeights;
  basket: BasketLaw;
  buying: Buying;
  /** Shares of all orders that end so. */
  cancelledRatio: number;
  refundedRatio: number;
};

/** Given (docs/shop-rules.md "History"), January first; day weights Mon–Thu .95, Fri 1.15, weekend 1.3. */
const FOUNDING_MONTHS = [3000, 3200, 3400, 3600, 3800, 4000, 4300, 4600, 4900, 5200, 5500, 6000];
const FOUNDING_WEEKDAYS = [0.95, 0.95, 0.95, 0.95, 1.15, 1.3, 1.3];

/** Ours, within the given 0.7–2.0, the largest in the third and fourth weeks of November: the Korean year's sales. */
const CAMPAIGNS: Readonly<Record<string, number>> = {
  '1/1': 1.2, // new year
  '1/2': 0.9,
  '1/4': 1.3, // before Seollal
  '2/1': 1.2,
  '2/2': 0.8, // Seollal itself
  '3/1': 1.3, // new term
  '3/4': 1.1,
  '4/2': 1.1,
  '5/1': 1.4, // family month
  '5/2': 1.2,
  '5/3': 1.1,
  '6/2': 1.1,
  '6/3': 1.2, // mid-year sales
  '6/4': 1.2,
  '7/2': 1.2,
  '7/3': 1.2,
  '8/1': 0.8, // holidays
  '8/2': 0.9,
  '9/1': 1.2,
  '9/2': 1.5, // before Chuseok
  '9/3': 1.2,
  '9/4': 0.7, // Chuseok itself
  '10/1': 0.9,
  '10/3': 1.1,
  '10/4': 1.2,
  '11/1': 1.3,
  '11/2': 1.6,
  '11/3': 2.0,
  '11/4': 1.9,
  '12/1': 1.1,
  '12/2': 1.1,
  '12/3': 1.3, // Christmas
  '12/4': 1.2,
  '12/5': 0.8,
};

const HABITS: Extract<Buying, { kind: 'habits' }> = {
  kind: 'habits',
  law: CDNOW,
  firstVisitRatio: 0.6,
  firstWaitWeeks: 3,
};

/** Ours: a seventh more often than CDNOW's CDs; within the published range of repeat shares. */
const FREQUENT_HABITS: Buying = { ...HABITS, law: { ...CDNOW, alphaWeeks: 3.8 } };

export const PRESETS = {
  founding: {
    title: 'the founding figures',
    hours: 'founding',
    calendar: { months: FOUNDING_MONTHS, weekdays: FOUNDING_WEEKDAYS, campaigns: CAMPAIGNS },
    basket: { kind: 'lines', weights: [25, 20, 15, 12, 10, 7, 5, 3, 2, 1] },
    buying: { kind: 'pools' },
    cancelledRatio: 0.03,
    refundedRatio: 0.01,
  },
  korea: {
    title: 'a Korean shop, calibrated',
    hours: 'korea',
    calendar: {
      months: FOUNDING_MONTHS,
      // Published 18.4 17.0 16.6 16.1 13.7 8.6 9.6 (Samsung Card 2013); Monday and Saturday moved 0.3 towards each other
      // (ours), so that a small year's chance does not leave the published range of their ratio.
      weekdays: [18.1, 17.0, 16.6, 16.1, 13.7, 8.9, 9.6],
      campaigns: CAMPAIGNS,
    },
    // Fitted: 2.40 lines a basket, median 2, σ of the log value 0.77 (CDNOW: 2.41, 2, 0.734); the spread between people
    // makes the best 20 % of customers spend what published ones do.
    basket: { kind: 'budget', medianKrw: 188_000, peopleSigmaLog: 0.45, orderSigmaLog: 0.1, mostLines: 10 },
    buying: HABITS,
    cancelledRatio: 0.03,
    refundedRatio: 0.01,
  },
  instacart: {
    title: 'grocery baskets, calibrated on Instacart',
    hours: 'instacart',
    calendar: {
      months: FOUNDING_MONTHS,
      // From memory, orders by day of week with day 0 taken as Sunday.
      weekdays: [587478, 467260, 436972, 426339, 453368, 448761, 600905],
      campaigns: {},
    },
    // Fitted to 10.1 lines a basket (from memory).
    basket: { kind: 'budget', medianKrw: 1_600_000, peopleSigmaLog: 0.95, orderSigmaLog: 0.2, mostLines: 20 },
    buying: FREQUENT_HABITS,
    cancelledRatio: 0.01,
    refundedRatio: 0.005,
  },
  olist: {
    title: 'a Brazilian marketplace, calibrated on Olist',
    hours: 'olist',
    calendar: {
      months: FOUNDING_MONTHS,
      // From memory, orders by day of week.
      weekdays: [16196, 15963, 15552, 14761, 14122, 10887, 11960],
      campaigns: { '11/4': 2.0, '11/5': 1.3 },
    },
    // Fitted to 1.14 lines a basket (from memory).
    basket: { kind: 'budget', medianKrw: 34_000, peopleSigmaLog: 0.3, orderSigmaLog: 0.25, mostLines: 10 },
    buying: FREQUENT_HABITS,
    cancelledRatio: 0.01,
    refundedRatio: 0.005,
  },
} as const satisfies Record<string, HistoryPreset>;

export type PresetName = keyof typeof PRESETS;

export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];

/** The preset of this name, as its plain type. */
export function presetOf(name: PresetName): HistoryPreset {
  return PRESETS[name];
}
