// The lines of kind (b): the configuration lies in what real shops published. Published shares are those of calendar
// years, so all of them are looked at in one (check-history.ts).
import { popularityShares } from '../../model/catalogue/popularity.ts';
import type { PresetName } from '../../model/presets.ts';
import { type CheckLine, checkLine, decimals, type Figure, percent } from './check-line.ts';
import type { Cohort, Sample } from './sample-history.ts';
import { medianOfCounts, sum, topShare, topShareOfBins } from './statistics.ts';

const line = (figure: Figure): CheckLine => checkLine('b', figure);

/** Who the people are, what is in a basket, and for Korean shops when it is bought. */
export function shopLines(sample: Sample, preset: PresetName): CheckLine[] {
  const { tally, women, consenting } = sample;
  const people = sum(tally.peopleByRegion);
  const isKorean = preset === 'korea' || preset === 'founding';
  return [
    line({
      figure: 'women among customers',
      source: '53 %',
      value: women / people,
      range: [0.5, 0.56],
      write: percent(),
    }),
    line({
      figure: 'consent to marketing',
      source: '45–60 %',
      value: consenting / people,
      range: [0.45, 0.6],
      write: percent(),
    }),
    ...basketLines(sample, preset),
    ...(isKorean ? koreanLines(sample) : []),
  ];
}

function basketLines({ tally }: Sample, preset: PresetName): CheckLine[] {
  const meanLines = (source: string, range: readonly [number, number]): CheckLine =>
    line({
      figure: 'lines a basket',
      source,
      value: tally.lineCount / tally.orderCount,
      range,
      write: decimals(2),
    });
  if (preset === 'instacart') return [meanLines('Instacart 10.1', [9.1, 11.1])];
  if (preset === 'olist') return [meanLines('Olist 1.14', [1.05, 1.25])];
  const logMean = tally.logSum / tally.orderCount;
  return [
    meanLines('CDNOW 2.41 ± 5 %', [2.29, 2.53]),
    line({
      figure: 'lines a basket, median',
      source: 'CDNOW 2',
      value: medianOfCounts(tally.ordersByLineCount),
      range: [2, 2],
      write: String,
    }),
    line({
      figure: 'order value: σ of the log',
      source: 'CDNOW 0.734 ± 10 %',
      value: Math.sqrt(tally.logSquareSum / tally.orderCount - logMean * logMean),
      range: [0.66, 0.81],
    }),
  ];
}

function koreanLines({ tally }: Sample): CheckLine[] {
  const mean = tally.orderCount / 24;
  const [, , , third = 0, fourth = 0] = tally.ordersByHour;
  const [monday = 0, , , , , saturday = 0] = tally.ordersByWeekday;
  return [
    line({
      figure: 'busiest hour ÷ mean hour',
      source: 'Inicis, Criteo 2018',
      value: Math.max(...tally.ordersByHour) / mean,
      range: [1.5, 2.1],
      write: decimals(2),
    }),
    line({
      figure: 'orders from 03 to 05 h',
      source: 'ours',
      value: (third + fourth) / tally.orderCount,
      range: [-Infinity, 0.03],
      write: percent(),
    }),
    line({
      figure: 'Monday ÷ Saturday',
      source: 'Samsung Card 2013',
      value: monday / saturday,
      range: [1.8, 2.2],
      write: decimals(2),
    }),
    line({
      figure: 'largest month',
      source: 'Korean sales',
      value: tally.ordersByMonth.indexOf(Math.max(...tally.ordersByMonth)) + 1,
      range: [11, 11],
      write: String,
    }),
  ];
}

/** How often and how much customers buy, when all of them were there from the first day. */
export function customerLines({ tally, year }: Sample): CheckLine[] {
  const people = sum(Object.values(tally.peopleByGrade));
  return [
    line({
      figure: 'revenue of the best 20 % of customers',
      source: 'CDNOW 67.8 %',
      value: topShareOfBins(tally.spenders, 0.2),
      range: [0.6, 0.8],
      write: percent(),
    }),
    line({
      figure: 'orders a person',
      source: 'CDNOW ≤ 2.45',
      value: (tally.orderCount / people) * (365 / year.dayCount),
      range: [0, 2.6],
      write: decimals(2),
    }),
  ];
}

/** The grades that a growing shop's people have reached. */
export function gradeLines({ tally }: Sample): CheckLine[] {
  const people = sum(Object.values(tally.peopleByGrade));
  return [
    line({
      figure: 'VIP at the end of the year',
      source: 'GS Home Shopping 3 %',
      value: tally.peopleByGrade.VIP / people,
      range: [0.002, 0.03],
      write: percent(2),
    }),
    line({
      figure: 'BRONZE at the end of the year',
      source: 'ours',
      value: tally.peopleByGrade.BRONZE / people,
      range: [0.8, Infinity],
      write: percent(),
    }),
  ];
}

/** Whether customers come back as CDNOW's did. */
export function cohortLines(cohort: Cohort): CheckLine[] {
  return [
    line({
      figure: 'customers who buy again within 365 days',
      source: 'CDNOW 45.9 %',
      value: cohort.repeatRatio(365),
      range: [0.4, 0.52],
      write: percent(),
    }),
    line({
      figure: 'gap between purchases: coefficient of variation',
      source: 'CDNOW 1.27',
      value: cohort.gapVariation,
      range: [1.1, Infinity],
    }),
  ];
}

/** How much of all sales the best-selling products have. */
export function popularityLines({ linesByProduct, year }: Sample): CheckLine[] {
  const productCount = year.settings.products;
  const law = popularityShares(productCount);
  const top = (name: string, count: number): CheckLine => {
    const expected = topShare(law, count);
    return line({
      figure: `sales of the ${name}`,
      source: `Instacart ${percent()(expected)} ± 2 points`,
      value: topShare(linesByProduct, count),
      range: [expected - 0.02, expected + 0.02],
      write: percent(),
    });
  };
  const lines = [
    top('top 1 % of products', Math.ceil(productCount / 100)),
    top('top 10 % of products', Math.ceil(productCount / 10)),
  ];
  return productCount >= 1_000 ? [top('top 100 products', 100), ...lines] : lines;
}
