// The five queries of docs/history.md: each question with its SQL over schema `analysis`, and how its rows become a plot.
import type { HistoryChart } from '../../../reports/history/history-page.ts';

type Row = Record<string, string>;

export type YearQuery = {
  question: string;
  /** As it stands in docs/history.md. */
  sql: string;
  /** Every value of the rows as text, as PostgreSQL writes it. */
  plot: (rows: readonly Row[]) => HistoryChart;
};

const PLOTTED_COHORTS = 4;
/** A smaller cohort's shares jump by chance. */
const LEAST_COHORT = 100;

export const YEAR_QUERIES: readonly YearQuery[] = [
  {
    question: 'How did the year go?',
    sql: 'SELECT day, order_count, revenue_krw FROM analysis.orders_per_day ORDER BY day',
    plot: (rows) => ({
      id: 'orders-per-day',
      title: 'How did the year go?',
      note: 'Orders per day: weekdays are the small waves, campaign weeks the large ones, sign-ups the slope.',
      kind: 'line',
      xLabel: 'day in Seoul',
      unit: 'orders',
      xs: rows.map(({ day = '' }) => day),
      series: [series('orders', rows, ({ order_count }) => Number(order_count))],
    }),
  },
  {
    question: 'Do people come back?',
    sql: 'SELECT cohort_month, months_after, retention_ratio, cohort_size FROM analysis.cohort_retention ORDER BY 1, 2',
    plot: plotRetention,
  },
  {
    question: 'Who rose and fell?',
    sql: 'SELECT week, from_grade, to_grade, customer_count FROM analysis.grade_moves ORDER BY week',
    plot: plotGradeMoves,
  },
  {
    question: 'What sells?',
    sql: 'SELECT category, sum(revenue_krw) AS revenue_krw FROM analysis.sales_by_category GROUP BY category ORDER BY 2 DESC',
    plot: (rows) => revenueBars(rows, 'category', 'What sells?', 'Revenue by category, the largest first.'),
  },
  {
    question: 'Where do buyers live?',
    sql: 'SELECT region, sum(revenue_krw) AS revenue_krw FROM analysis.sales_by_region GROUP BY region ORDER BY 2 DESC',
    plot: (rows) => revenueBars(rows, 'region', 'Where do buyers live?', 'Revenue by the customers’ region.'),
  },
];

function series(label: string, rows: readonly Row[], value: (row: Row) => number) {
  return { label, values: rows.map(value), isReference: false };
}

function plotRetention(rows: readonly Row[]): HistoryChart {
  const cohorts = Map.groupBy(
    rows.filter(({ cohort_size }) => Number(cohort_size) >= LEAST_COHORT),
    ({ cohort_month = '' }) => cohort_month.slice(0, 7),
  );
  const step = Math.max(1, Math.ceil(cohorts.size / PLOTTED_COHORTS));
  const months = Math.max(0, ...rows.map(({ months_after }) => Number(months_after)));
  const xs = Array.from({ length: months }, (_, i) => i + 1);
  return {
    id: 'retention',
    title: 'Do people come back?',
    note: 'Share of a month’s new customers who ordered again so many months after their first order.',
    kind: 'line',
    xLabel: 'months after the first order',
    unit: '% of the cohort',
    xs,
    series: [...cohorts]
      .filter((_, index) => index % step === 0)
      .map(([month, own]) => {
        const last = Math.max(...own.map(({ months_after }) => Number(months_after)));
        const ratio = (after: number): number | null => {
          if (after > last) return null;
          const found = own.find(({ months_after }) => Number(months_after) === after);
          return Number(found?.retention_ratio ?? 0) * 100;
        };
        return { label: `first ordered in ${month}`, values: xs.map(ratio), isReference: false };
      }),
  };
}

function plotGradeMoves(rows: readonly Row[]): HistoryChart {
  const rank = ['BRONZE', 'SILVER', 'GOLD', 'VIP'];
  const weeks = [...new Set(rows.map(({ week = '' }) => week))];
  const count = (isPromotion: boolean) =>
    weeks.map((week) =>
      rows
        .filter((row) => row.week === week)
        .filter(
          ({ from_grade = '', to_grade = '' }) =>
            rank.indexOf(to_grade) > rank.indexOf(from_grade) === isPromotion,
        )
        .reduce((sum, { customer_count }) => sum + Number(customer_count), 0),
    );
  return {
    id: 'grade-moves',
    title: 'Who rose and fell?',
    note: 'Customers who changed their grade each week; the first can fall when an order is older than 180 days.',
    kind: 'line',
    xLabel: 'week from',
    unit: 'customers',
    xs: weeks,
    series: [
      { label: 'promoted', values: count(true), isReference: false },
      { label: 'demoted', values: count(false), isReference: false },
    ],
  };
}

function revenueBars(
  rows: readonly Row[],
  by: 'category' | 'region',
  title: string,
  note: string,
): HistoryChart {
  return {
    id: `revenue-by-${by}`,
    title,
    note,
    kind: 'bar',
    xLabel: by,
    unit: 'million KRW',
    xs: rows.map((row) => row[by] ?? ''),
    series: [series('revenue', rows, ({ revenue_krw }) => Number(revenue_krw) / 1e6)],
  };
}
