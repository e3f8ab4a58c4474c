// Generates a history in memory, without rows, for the check: its tally, how often each product was bought, and when a
// cohort came back.
import { DAY_MS, seoulDay, weeksAt } from '../../model/calendar.ts';
import { shareAtHour } from '../../model/day-times.ts';
import type { PurchaseRecord } from '../../model/repeat-purchase.ts';
import { generatePeople, instantsOfPeople } from '../year/habit-year.ts';
import type { HistorySink } from '../year/history-sink.ts';
import { orderScale } from '../year/order-scale.ts';
import { generatePools } from '../year/pool-year.ts';
import type { HistorySettings } from '../year/settings.ts';
import { createTally, type Tally } from '../year/tally.ts';
import { hourOf, prepareYear, type Year } from '../year/year.ts';

export type Sample = {
  year: Year;
  tally: Tally;
  /** Order lines per product id. */
  linesByProduct: Int32Array;
  women: number;
  consenting: number;
};

/** The whole history of these settings. */
export function sampleHistory(settings: HistorySettings): Sample {
  const year = prepareYear({ ...settings, behaviourRatio: 0 });
  const counter = createTally(year);
  const linesByProduct = new Int32Array(settings.products + 1);
  const sample: Sample = { year, tally: counter.tally, linesByProduct, women: 0, consenting: 0 };
  const sink: HistorySink = {
    ...counter,
    person: (person) => {
      counter.person(person);
      if (person.gender === 'F') sample.women += 1;
      if (person.marketingConsent) sample.consenting += 1;
    },
    order: (order) => {
      counter.order(order);
      for (const { product } of order.lines)
        linesByProduct[product.id] = (linesByProduct[product.id] ?? 0) + 1;
    },
  };
  const scale = orderScale(year);
  if (year.preset.buying.kind === 'pools') for (const _ of generatePools(year, scale, sink));
  else generatePeople(year, 1, settings.people, scale, sink);
  return sample;
}

export type Cohort = {
  records: PurchaseRecord[];
  /** Of all customers: bought again within so many days of their first order. */
  repeatRatio(days: number): number;
  /** Coefficient of variation of the days between two orders. */
  gapVariation: number;
  meanGapDays: number;
  /** Buying time in weeks from the first to the second order, of those who came back. */
  firstRepeatWeeks: number[];
};

/** Everybody there from the first day, observed to the end: when they came back. Calibrated presets only. */
export function sampleCohort(settings: HistorySettings, people: number): Cohort {
  const year = prepareYear({ ...settings, people, growth: 'none', orders: null, behaviourRatio: 0 });
  const records: PurchaseRecord[] = [];
  const firstRepeatWeeks: number[] = [];
  const firstGapDays: number[] = [];
  const gaps = { count: 0, sum: 0, squareSum: 0 };
  for (const { person, instants } of instantsOfPeople(year, 1, people, 1)) {
    const times = year.dayTimes[person.ageBand];
    const weeks = instants.map((at) => weeksAt(year.time, seoulDay(at), shareAtHour(times, hourOf(at))));
    const [first, second] = weeks;
    if (first === undefined) continue;
    const lastWeeks = (weeks.at(-1) ?? first) - first;
    records.push({ repeatCount: weeks.length - 1, lastWeeks, observedWeeks: year.untilWeeks - first });
    if (second !== undefined) {
      firstRepeatWeeks.push(second - first);
      firstGapDays.push(((instants[1] ?? 0) - (instants[0] ?? 0)) / DAY_MS);
    }
    for (let i = 1; i < instants.length; i += 1) {
      const days = ((instants[i] ?? 0) - (instants[i - 1] ?? 0)) / DAY_MS;
      gaps.count += 1;
      gaps.sum += days;
      gaps.squareSum += days * days;
    }
  }
  const mean = gaps.sum / gaps.count;
  return {
    records,
    repeatRatio: (days) => firstGapDays.filter((gap) => gap <= days).length / records.length,
    gapVariation: Math.sqrt(gaps.squareSum / gaps.count - mean * mean) / mean,
    meanGapDays: mean,
    firstRepeatWeeks,
  };
}
