// Turns the figures of a made history into its page: each chart beside the curve that it should follow.
import { formatNumber, formatPercent } from '../../reports/format.ts';
import type { HistoryChart, HistoryPage } from '../../reports/history/history-page.ts';
import type { MadeHistory } from '../../sim/history/load-history.ts';
import { spanOf } from '../../sim/history/settings.ts';
import { BINS_PER_DECADE, GRADES, type Tally } from '../../sim/history/tally.ts';
import { dayText, dayWeight } from '../../sim/model/calendar.ts';
import { CATEGORIES } from '../../sim/model/categories.ts';
import { BASS, bassShare } from '../../sim/model/growth.ts';
import { ORDER_VOLUME_CURVES } from '../../sim/model/hour-curves.ts';
import { type PresetName, presetOf } from '../../sim/model/presets.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LORENZ_STEPS = 50;

/** The page of a history. */
export function describeYear({ settings, tally, rowCounts }: MadeHistory): HistoryPage {
  const { firstDay, dayCount } = spanOf(settings);
  const preset = presetOf(settings.preset);
  const fact = (label: string, value: number | string) => ({
    label,
    value: typeof value === 'number' ? formatNumber(value) : value,
  });
  return {
    title: `A shop's past: ${preset.title}`,
    lead: `${dayText(firstDay)} to ${dayText(firstDay + dayCount - 1)} in Seoul, preset ${settings.preset}, seed ${settings.seed}, growth ${settings.growth}. Dashed lines are what each figure should follow.`,
    facts: [
      fact('people', total(tally.signUpsByDay)),
      fact('customers who ordered', tally.buyerCount),
      fact('of them more than once', formatPercent(tally.repeaterCount / Math.max(1, tally.buyerCount))),
      fact('orders', tally.orderCount),
      fact('lines an order', Number((tally.lineCount / Math.max(1, tally.orderCount)).toFixed(2))),
      fact('revenue', `₩${formatNumber(Math.round(tally.keptKrw / 1e6))} M`),
    ],
    tables: Object.entries(rowCounts).map(([label, rowCount]) => ({ label, rowCount })),
    charts: [
      ordersByDay(tally, settings.preset, firstDay),
      ordersByMonth(tally, settings.preset, firstDay, dayCount),
      hours(tally, settings.preset),
      weekdays(tally, settings.preset),
      grades(tally),
      signUps(tally, settings.growth),
      baskets(tally),
      lorenz(tally),
      categories(tally),
    ],
  };
}

const ours = (label: string, values: readonly (number | null)[]) => ({ label, values, isReference: false });
const reference = (label: string, values: readonly (number | null)[]) => ({
  label,
  values,
  isReference: true,
});

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function shares(values: readonly number[]): number[] {
  const all = total(values);
  return values.map((value) => (all === 0 ? 0 : (value / all) * 100));
}

function ordersByDay(tally: Tally, presetName: PresetName, firstDay: number): HistoryChart {
  const { calendar } = presetOf(presetName);
  const days = tally.ordersByDay.map((_, i) => dayWeight(calendar, firstDay + i));
  // The calendar says how a day differs from its neighbours; the level follows the growth, here four weeks' mean.
  const level = tally.ordersByDay.map((_, i) => {
    const from = Math.max(0, i - 14);
    return total(tally.ordersByDay.slice(from, i + 14)) / Math.max(1e-9, total(days.slice(from, i + 14)));
  });
  return {
    id: 'orders-by-day',
    title: 'Orders per day',
    note: 'The reference is the calendar (weekday, month, campaign weeks) at the level of the four weeks around the day.',
    kind: 'line',
    xLabel: 'day',
    unit: 'orders',
    xs: tally.ordersByDay.map((_, i) => dayText(firstDay + i)),
    series: [
      ours('orders', tally.ordersByDay),
      reference(
        'calendar',
        days.map((weight, i) => weight * (level[i] ?? 0)),
      ),
    ],
  };
}

function ordersByMonth(
  tally: Tally,
  presetName: PresetName,
  firstDay: number,
  dayCount: number,
): HistoryChart {
  const { calendar } = presetOf(presetName);
  const weights = new Array<number>(12).fill(0);
  for (let day = firstDay; day < firstDay + dayCount; day += 1) {
    const month = new Date(day * 86_400_000).getUTCMonth();
    weights[month] = (weights[month] ?? 0) + dayWeight(calendar, day);
  }
  const scale = tally.orderCount / total(weights);
  return {
    id: 'orders-by-month',
    title: 'Orders per month',
    note: 'The reference is the calendar alone, without growth: a shop that grows lies below it first and above it later.',
    kind: 'bar',
    xLabel: 'month',
    unit: 'orders',
    xs: MONTHS,
    series: [
      ours('orders', tally.ordersByMonth),
      reference(
        'calendar',
        weights.map((weight) => weight * scale),
      ),
    ],
  };
}

function hours(tally: Tally, presetName: PresetName): HistoryChart {
  return {
    id: 'hours',
    title: 'Hours of the day',
    note: `The reference is the curve ${presetOf(presetName).hours} (docs/realism.md).`,
    kind: 'bar',
    xLabel: 'hour in Seoul',
    unit: '% of orders',
    xs: tally.ordersByHour.map((_, hour) => hour),
    series: [
      ours('orders', shares(tally.ordersByHour)),
      reference('configured curve', shares(ORDER_VOLUME_CURVES[presetOf(presetName).hours])),
    ],
  };
}

function weekdays(tally: Tally, presetName: PresetName): HistoryChart {
  return {
    id: 'weekdays',
    title: 'Days of the week',
    note: 'The reference is the preset’s weekday weights (Korea: Samsung Card 2013).',
    kind: 'bar',
    xLabel: 'weekday',
    unit: '% of orders',
    xs: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
    series: [
      ours('orders', shares(tally.ordersByWeekday)),
      reference('configured weights', shares(presetOf(presetName).calendar.weekdays)),
    ],
  };
}

function grades(tally: Tally): HistoryChart {
  const weeks = tally.gradeChangeByWeek.BRONZE.map((_, week) => week);
  const people = weeks.map((week) =>
    total(GRADES.map((grade) => total(tally.gradeChangeByWeek[grade].slice(0, week + 1)))),
  );
  const share = (grade: (typeof GRADES)[number]) =>
    weeks.map((week) => {
      const count = total(tally.gradeChangeByWeek[grade].slice(0, week + 1));
      return (people[week] ?? 0) === 0 ? null : (count / (people[week] ?? 1)) * 100;
    });
  return {
    id: 'grades',
    title: 'Grades over time',
    note: 'Share of all people above BRONZE; published: VIP 0.2–3 % (GS Home Shopping), BRONZE at least 80 %.',
    kind: 'line',
    xLabel: 'week',
    unit: '% of people',
    xs: weeks,
    series: [
      ours('SILVER', share('SILVER')),
      ours('GOLD', share('GOLD')),
      ours('VIP', share('VIP')),
      reference(
        'published limit of all above BRONZE',
        weeks.map(() => 20),
      ),
    ],
  };
}

function signUps(tally: Tally, growth: string): HistoryChart {
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
    note: 'The reference is the Bass curve (p .00714, q .0905 a week), compressed to the history.',
    kind: 'line',
    xLabel: 'day',
    unit: 'people',
    xs: cumulated.map((_, day) => day + 1),
    series: [ours('people', cumulated), ...(growth === 'bass' ? [reference('Bass curve', curve)] : [])],
  };
}

/** CDNOW's baskets have 2.41 lines on average: the geometric law of that mean is the reference. */
function baskets(tally: Tally): HistoryChart {
  const sizes = tally.ordersByLineCount.map((_, lines) => lines).slice(1, 11);
  const stop = 1 / 2.41;
  return {
    id: 'baskets',
    title: 'Basket sizes',
    note: 'The reference is a geometric law with CDNOW’s mean of 2.41.',
    kind: 'bar',
    xLabel: 'lines',
    unit: '% of orders',
    xs: sizes,
    series: [
      ours('orders', shares(tally.ordersByLineCount.slice(1)).slice(0, 10)),
      reference(
        'geometric, mean 2.41',
        sizes.map((lines) => stop * (1 - stop) ** (lines - 1) * 100),
      ),
    ],
  };
}

/** From the best customers to the least: share of customers against share of revenue. */
function lorenz({ spenders }: Tally): HistoryChart {
  const people = total(spenders.count);
  const revenue = total(spenders.krw);
  const points = Array.from({ length: LORENZ_STEPS + 1 }, (_, step) => step / LORENZ_STEPS);
  const shareOfBest = points.map((ratio) => {
    let left = people * ratio;
    let krw = 0;
    for (let bin = spenders.count.length - 1; bin >= 0 && left > 0; bin -= 1) {
      const count = spenders.count[bin] ?? 0;
      const taken = Math.min(count, left);
      if (count > 0) krw += ((spenders.krw[bin] ?? 0) * taken) / count;
      left -= taken;
    }
    return revenue === 0 ? 0 : (krw / revenue) * 100;
  });
  return {
    id: 'lorenz',
    title: 'Revenue of the best customers',
    note: `Lorenz curve from the best customers on, by what they spent (bins of ${BINS_PER_DECADE} a decade). Published: the best 20 % bring 67.8 % (CDNOW).`,
    kind: 'line',
    xLabel: '% of customers, best first',
    unit: '% of revenue',
    xs: points.map((ratio) => Math.round(ratio * 100)),
    series: [
      ours('customers', shareOfBest),
      reference(
        'through CDNOW’s 20 % / 67.8 %',
        points.map((ratio) => 100 * ratio ** (Math.log(0.678) / Math.log(0.2))),
      ),
    ],
  };
}

function categories(tally: Tally): HistoryChart {
  return {
    id: 'categories',
    title: 'Categories',
    note: 'The reference is the categories’ frequencies (shop-rules §5).',
    kind: 'bar',
    xLabel: 'category',
    unit: '% of order lines',
    xs: CATEGORIES.map(({ key }) => key),
    series: [
      ours('lines', shares(tally.linesByCategory.slice(1))),
      reference('frequency', shares(CATEGORIES.map(({ frequency }) => frequency))),
    ],
  };
}
