// The realism tests of a history: (a) it reproduces its own configuration, (b) the configuration lies in the published
// ranges. Each line has its source; both kinds are kept apart and never make up for each other.

import { CATEGORIES } from '../../model/categories.ts';
import { fitBass, fitRepeatPurchase } from '../../model/fit-laws.ts';
import { BASS } from '../../model/growth.ts';
import { ORDER_VOLUME_CURVES } from '../../model/hour-curves.ts';
import { REGIONS } from '../../model/person.ts';
import { popularityShares } from '../../model/popularity.ts';
import { POPULATION } from '../../model/population.ts';
import { type HistoryPreset, presetOf } from '../../model/presets.ts';
import { repeatShare } from '../../model/repeat-purchase.ts';
import type { HistorySettings } from '../settings.ts';
import { type Cohort, type Sample, sampleCohort, sampleHistory } from './sample-history.ts';
import {
  chiSquareP,
  kolmogorovSmirnovP,
  medianOfCounts,
  sum,
  topShare,
  topShareOfBins,
  totalVariation,
} from './statistics.ts';

export type CheckLine = {
  /** a: reproduces its configuration; b: lies in the published range. */
  kind: 'a' | 'b';
  figure: string;
  source: string;
  range: string;
  ours: string;
  ok: boolean;
};

/** Enough people for a refit whose own error is small beside 15 % (b of BG/NBD: 6 %), and for a VIP share of 0.2 %. */
const REFIT_PEOPLE = 60_000;
/** A larger sample would tell the day's grid apart from the continuous law. */
const KS_SAMPLE = 2_000;

/** All lines for a preset and size. The cohort lines observe people for the whole history (`--growth none`). */
export function checkHistory(settings: HistorySettings): CheckLine[] {
  const preset = presetOf(settings.preset);
  const sample = sampleHistory(settings);
  const lines = [...reproduction(sample, preset), ...published(sample, settings)];
  if (preset.buying.kind === 'habits') {
    const people = Math.max(settings.people, REFIT_PEOPLE);
    const observed = sampleHistory({ ...settings, people, growth: 'none', orders: null });
    const cohort = sampleCohort(settings, people);
    lines.push(...habits(cohort, preset), ...customers(observed), ...popularity(observed));
  } else lines.push(...customers(sample), ...popularity(sample));
  return lines.sort((x, y) => x.kind.localeCompare(y.kind));
}

const percent = (ratio: number, digits = 1): string => `${(ratio * 100).toFixed(digits)} %`;

/** A line whose figure must lie between two ends. */
function within(
  kind: CheckLine['kind'],
  figure: string,
  source: string,
  value: number,
  [low, high]: readonly [number, number],
  write: (value: number) => string = (x) => x.toFixed(3),
): CheckLine {
  const range =
    low === -Infinity
      ? `≤ ${write(high)}`
      : high === Infinity
        ? `≥ ${write(low)}`
        : `${write(low)} – ${write(high)}`;
  return { kind, figure, source, range, ours: write(value), ok: value >= low && value <= high };
}

function reproduction({ year, tally }: Sample, preset: HistoryPreset): CheckLine[] {
  const distance = (name: string, found: readonly number[], expected: readonly number[]) =>
    within(
      'a',
      `${name}: total variation to the configured curve`,
      'configuration',
      totalVariation(found, expected),
      [-Infinity, 0.02],
    );
  const regions = chiSquareP(
    tally.peopleByRegion,
    REGIONS.map((region) => POPULATION.regions[region]),
  );
  const lines = [
    distance('hours', tally.ordersByHour, ORDER_VOLUME_CURVES[preset.hours]),
    distance(
      'categories',
      tally.linesByCategory.slice(1),
      CATEGORIES.map(({ frequency }) => frequency),
    ),
    within('a', 'regions: p of χ²', 'shop-rules §1', regions, [0.001, Infinity]),
  ];
  if (preset.basket.kind === 'lines') {
    lines.push(distance('lines a basket', tally.ordersByLineCount.slice(1, 11), preset.basket.weights));
  }
  if (Math.abs(year.dayCount - 365) <= 1) {
    lines.push(distance('weekdays', tally.ordersByWeekday, preset.calendar.weekdays));
  }
  if (year.settings.growth === 'bass' && preset.buying.kind === 'habits')
    lines.push(...growth(tally, year.dayCount));
  return lines;
}

function growth({ signUpsByDay }: Sample['tally'], dayCount: number): CheckLine[] {
  // The curve is compressed to the history: a week of it is a fiftieth part and a bit of the history.
  const step = dayCount / BASS.weeks;
  const byWeek = Array.from({ length: BASS.weeks }, (_, week) =>
    cumulatedAt(signUpsByDay, (week + 1) * step),
  );
  const { p, q } = fitBass(byWeek);
  return [
    within('a', 'sign-ups: Bass p refitted', '.00714 ± 10 %', p, [BASS.p * 0.9, BASS.p * 1.1], (x) =>
      x.toFixed(5),
    ),
    within('a', 'sign-ups: Bass q refitted', '.0905 ± 10 %', q, [BASS.q * 0.9, BASS.q * 1.1], (x) =>
      x.toFixed(4),
    ),
  ];
}

function cumulatedAt(byDay: readonly number[], days: number): number {
  const whole = Math.floor(days);
  return sum(byDay.slice(0, whole)) + (days - whole) * (byDay[whole] ?? 0);
}

function habits(cohort: Cohort, preset: HistoryPreset): CheckLine[] {
  if (preset.buying.kind !== 'habits') return [];
  const { law } = preset.buying;
  const fitted = fitRepeatPurchase(cohort.records);
  const refit = (['r', 'alphaWeeks', 'a', 'b'] as const).map((name) => {
    const label = name === 'alphaWeeks' ? 'α' : name;
    return within('a', `repeat purchase: ${label} refitted`, `${law[name]} ± 15 %`, fitted[name], [
      law[name] * 0.85,
      law[name] * 1.15,
    ]);
  });
  const latest = 40;
  const times = cohort.firstRepeatWeeks.filter((weeks) => weeks <= latest).slice(0, KS_SAMPLE);
  const ks = kolmogorovSmirnovP(times, (weeks) => repeatShare(law, weeks) / repeatShare(law, latest));
  return [
    ...refit,
    within('a', 'first repeat within 40 weeks: p of KS', '1 − (α/(α+t))^r', ks, [0.01, Infinity]),
    within(
      'b',
      'customers who buy again within 365 days',
      'CDNOW 45.9 %',
      cohort.repeatRatio(365),
      [0.4, 0.52],
      percent,
    ),
    within('b', 'gap between purchases: coefficient of variation', 'CDNOW 1.27', cohort.gapVariation, [
      1.1,
      Infinity,
    ]),
  ];
}

function customers({ tally, year }: Sample): CheckLine[] {
  const people = sum(Object.values(tally.peopleByGrade));
  return [
    within(
      'b',
      'revenue of the best 20 % of customers',
      'CDNOW 67.8 %',
      topShareOfBins(tally.spenders, 0.2),
      [0.6, 0.8],
      percent,
    ),
    within(
      'b',
      'VIP at the end',
      'GS Home Shopping 3 %',
      tally.peopleByGrade.VIP / people,
      [0.002, 0.03],
      (x) => percent(x, 2),
    ),
    within('b', 'BRONZE at the end', 'ours', tally.peopleByGrade.BRONZE / people, [0.8, Infinity], percent),
    within(
      'b',
      'orders a person',
      'CDNOW ≤ 2.45',
      (tally.orderCount / people) * (365 / year.dayCount),
      [0, 2.6],
      (x) => x.toFixed(2),
    ),
  ];
}

function published({ tally, year, women, consenting }: Sample, settings: HistorySettings): CheckLine[] {
  const people = sum(tally.peopleByRegion);
  const logMean = tally.logSum / tally.orderCount;
  const sigma = Math.sqrt(tally.logSquareSum / tally.orderCount - logMean * logMean);
  const isGroceries = settings.preset === 'instacart';
  const isMarket = settings.preset === 'olist';
  const meanLines = tally.lineCount / tally.orderCount;
  const lines: CheckLine[] = [
    within('b', 'women among customers', '53 %', women / people, [0.5, 0.56], percent),
    within('b', 'consent to marketing', '45–60 %', consenting / people, [0.45, 0.6], percent),
  ];
  if (isGroceries)
    lines.push(within('b', 'lines a basket', 'Instacart 10.1', meanLines, [9.1, 11.1], (x) => x.toFixed(2)));
  else if (isMarket)
    lines.push(within('b', 'lines a basket', 'Olist 1.14', meanLines, [1.05, 1.25], (x) => x.toFixed(2)));
  else {
    lines.push(
      within('b', 'lines a basket', 'CDNOW 2.41 ± 5 %', meanLines, [2.29, 2.53], (x) => x.toFixed(2)),
      within(
        'b',
        'lines a basket, median',
        'CDNOW 2',
        medianOfCounts(tally.ordersByLineCount),
        [2, 2],
        String,
      ),
      within('b', 'order value: σ of the log', 'CDNOW 0.734 ± 10 %', sigma, [0.66, 0.81]),
    );
  }
  if (settings.preset === 'korea' || settings.preset === 'founding')
    lines.push(...koreanDays(tally, year.dayCount));
  return lines;
}

function popularity({ linesByProduct, year }: Sample): CheckLine[] {
  const productCount = year.settings.products;
  const law = popularityShares(productCount);
  const line = (name: string, count: number): CheckLine => {
    const expected = topShare(law, count);
    return within(
      'b',
      `sales of the ${name}`,
      `Instacart ${percent(expected)} ± 2 points`,
      topShare(linesByProduct, count),
      [expected - 0.02, expected + 0.02],
      percent,
    );
  };
  const lines = [
    line('top 1 % of products', Math.ceil(productCount / 100)),
    line('top 10 % of products', Math.ceil(productCount / 10)),
  ];
  return productCount >= 1_000 ? [line('top 100 products', 100), ...lines] : lines;
}

function koreanDays(tally: Sample['tally'], dayCount: number): CheckLine[] {
  const mean = tally.orderCount / 24;
  const night = ((tally.ordersByHour[3] ?? 0) + (tally.ordersByHour[4] ?? 0)) / tally.orderCount;
  const lines = [
    within(
      'b',
      'busiest hour ÷ mean hour',
      'Inicis, Criteo 2018',
      Math.max(...tally.ordersByHour) / mean,
      [1.5, 2.1],
      (x) => x.toFixed(2),
    ),
    within('b', 'orders from 03 to 05 h', 'ours', night, [-Infinity, 0.03], percent),
    within(
      'b',
      'Monday ÷ Saturday',
      'Samsung Card 2013',
      (tally.ordersByWeekday[0] ?? 0) / (tally.ordersByWeekday[5] ?? 1),
      [1.8, 2.2],
      (x) => x.toFixed(2),
    ),
  ];
  if (dayCount < 365) return lines;
  const largest = tally.ordersByMonth.indexOf(Math.max(...tally.ordersByMonth)) + 1;
  return [
    ...lines,
    {
      kind: 'b',
      figure: 'largest month',
      source: 'Korean sales',
      range: '11',
      ours: String(largest),
      ok: largest === 11,
    },
  ];
}
