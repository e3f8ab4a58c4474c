// Who a history's people are to the shop: their grades, when they signed up, how much the best of them bring.
import type { HistoryChart } from '../../../reports/history/history-page.ts';
import { topShareOfBins } from '../../../sim/history/check/statistics.ts';
import { BINS_PER_DECADE, GRADES, type Tally } from '../../../sim/history/year/tally.ts';
import { BASS, bassShare } from '../../../sim/model/growth.ts';
import type { Grade } from '../../../sim/model/person.ts';
import { dates, ours, reference, total } from './chart-series.ts';

const LORENZ_STEPS = 50;

/** The scale is logarithmic: a few VIPs in ten thousand and SILVER's tenth are both to be read. */
export function grades(tally: Tally, firstDay: number): HistoryChart {
  const weeks = tally.gradeChangeByWeek.BRONZE.map((_, week) => week);
  const countsOf = (grade: Grade): number[] => {
    let count = 0;
    return tally.gradeChangeByWeek[grade].map((change) => (count += change));
  };
  const counts = GRADES.map(countsOf);
  const people = weeks.map((week) => total(counts.map((count) => count[week] ?? 0)));
  const share = (grade: Grade) =>
    countsOf(grade).map((count, week) => (count === 0 ? null : (count / (people[week] ?? 1)) * 100));
  const level = (percent: number) => weeks.map(() => percent);
  return {
    id: 'grades',
    title: 'Grades over time',
    note: 'Share of all people with each grade above BRONZE. The references: GS Home Shopping’s VIPs are 3 % of its customers; at least 80 % should be BRONZE, so at most 20 % above it.',
    kind: 'line',
    xLabel: 'week from',
    unit: '% of people (logarithmic)',
    isLogarithmic: true,
    xs: dates(firstDay, weeks.length, 7),
    series: [
      ours('SILVER', share('SILVER')),
      ours('GOLD', share('GOLD')),
      ours('VIP', share('VIP')),
      reference('VIP: published 3 %', level(3)),
      reference('all above BRONZE: at most 20 %', level(20)),
    ],
  };
}

export function signUps(tally: Tally, growth: string, firstDay: number): HistoryChart {
  let count = 0;
  const cumulated = tally.signUpsByDay.map((signedUp) => {
    count += signedUp;
    return count;
  });
  const dayCount = tally.signUpsByDay.length;
  const curve = cumulated.map(
    (_, day) => (bassShare(BASS, ((day + 1) / dayCount) * BASS.weeks) / bassShare(BASS, BASS.weeks)) * count,
  );
  return {
    id: 'sign-ups',
    title: 'People signed up',
    note:
      growth === 'bass'
        ? 'The reference is the Bass curve (p .00714, q .0905 a week), compressed to the history.'
        : 'Everybody is there from the first day (--growth none).',
    kind: 'line',
    xLabel: 'day in Seoul',
    unit: 'people',
    xs: dates(firstDay, dayCount),
    series: [ours('people', cumulated), ...(growth === 'bass' ? [reference('Bass curve', curve)] : [])],
  };
}

/** From the best customers to the least: share of customers against share of revenue. */
export function lorenz({ spenders }: Tally): HistoryChart {
  const ratios = Array.from({ length: LORENZ_STEPS + 1 }, (_, step) => step / LORENZ_STEPS);
  const shareOfBest = ratios.map((ratio) =>
    total(spenders.krw) === 0 ? 0 : topShareOfBins(spenders, ratio) * 100,
  );
  return {
    id: 'lorenz',
    title: 'Revenue of the best customers (Lorenz curve)',
    note: `From the best customers on, by what they spent (bins of ${BINS_PER_DECADE} a decade). Only one point is published, CDNOW’s best 20 % bring 67.8 %: the reference is the power curve through it.`,
    kind: 'line',
    xLabel: '% of customers, best first',
    unit: '% of revenue',
    xs: ratios.map((ratio) => Math.round(ratio * 100)),
    series: [
      ours('customers', shareOfBest),
      reference(
        'through CDNOW’s 20 % / 67.8 %',
        ratios.map((ratio) => 100 * ratio ** (Math.log(0.678) / Math.log(0.2))),
      ),
    ],
  };
}
