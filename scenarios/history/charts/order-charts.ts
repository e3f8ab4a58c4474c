// When a history's orders were placed, each chart beside the preset's own curve or calendar.
import type { HistoryChart } from '../../../reports/history/history-page.ts';
import type { Tally } from '../../../sim/history/year/tally.ts';
import { dayText, dayWeight } from '../../../sim/model/calendar.ts';
import { ORDER_VOLUME_CURVES, type OrderVolumeCurve } from '../../../sim/model/hour-curves.ts';
import type { HistoryPreset } from '../../../sim/model/presets.ts';
import { dates, ours, reference, shares, total } from './chart-series.ts';

const CURVE_SOURCES: Record<OrderVolumeCurve, string> = {
  founding: 'the founding figures, busiest at 20 h',
  korea: 'a Korean blend after Inicis and Criteo 2018, busiest at 16 h and again at 21 to 23 h',
  instacart: 'Instacart’s published orders by hour',
  olist: 'Olist’s orders by hour',
};

export function ordersByDay(tally: Tally, { calendar }: HistoryPreset, firstDay: number): HistoryChart {
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
    xLabel: 'day in Seoul',
    unit: 'orders',
    xs: dates(firstDay, tally.ordersByDay.length),
    series: [
      ours('orders', tally.ordersByDay),
      reference(
        'calendar',
        days.map((weight, i) => weight * (level[i] ?? 0)),
      ),
    ],
  };
}

/** Month by month as they came, not folded into one year: the first and the last are mostly parts of a month. */
export function ordersByMonth(tally: Tally, { calendar }: HistoryPreset, firstDay: number): HistoryChart {
  const counts = new Map<string, { orders: number; weight: number }>();
  for (const [i, orders] of tally.ordersByDay.entries()) {
    const month = dayText(firstDay + i).slice(0, 7);
    const count = counts.get(month) ?? { orders: 0, weight: 0 };
    count.orders += orders;
    count.weight += dayWeight(calendar, firstDay + i);
    counts.set(month, count);
  }
  const months = [...counts.values()];
  const scale = tally.orderCount / total(months.map(({ weight }) => weight));
  return {
    id: 'orders-by-month',
    title: 'Orders per month',
    note: 'The reference is the calendar alone, without growth: a shop that grows lies below it first and above it later. Months at the ends may be parts.',
    kind: 'bar',
    xLabel: 'month',
    unit: 'orders',
    xs: [...counts.keys()],
    series: [
      ours(
        'orders',
        months.map(({ orders }) => orders),
      ),
      reference(
        'calendar without growth',
        months.map(({ weight }) => weight * scale),
      ),
    ],
  };
}

export function hours(tally: Tally, preset: HistoryPreset): HistoryChart {
  return {
    id: 'hours',
    title: 'Hours of the day',
    note: `The reference is the preset’s curve: ${CURVE_SOURCES[preset.hours]}.`,
    kind: 'bar',
    xLabel: 'hour in Seoul',
    unit: '% of orders',
    xs: tally.ordersByHour.map((_, hour) => hour),
    series: [
      ours('orders', shares(tally.ordersByHour)),
      reference('configured curve', shares(ORDER_VOLUME_CURVES[preset.hours])),
    ],
  };
}

export function weekdays(tally: Tally, preset: HistoryPreset): HistoryChart {
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
      reference('configured weights', shares(preset.calendar.weekdays)),
    ],
  };
}
