// The charts over time of counts and gauges, each once: where it stands, what it is called and what it says of itself. Its
// lines are the counts and gauges that name it.
import type { ChartSection, Need } from './described.ts';

export type SeriesChart = {
  name: string;
  section: ChartSection;
  /** What a run must have recorded for the page to have it; absent: it always does. */
  needs?: Need;
  /** Read within the shop's own machinery; absent: not. */
  isOfInside?: true;
  title: string;
  note: string;
  /** What stands there where the shown run has nothing for it. */
  empty: string;
  /** Of its axis, for gauges and running totals; counts a second say "orders per second". */
  unit: string;
};

export const NOTHING_RECORDED = 'Nothing was recorded for this chart.';

/** In the page's order. */
export const SERIES_CHARTS: readonly SeriesChart[] = [
  {
    name: 'sessions',
    section: 'load',
    title: 'Sessions planned, started and completed',
    note: 'per second; shaded: lead-in and drain, not measured',
    empty: NOTHING_RECORDED,
    unit: 'sessions per second',
  },
  {
    name: 'requests',
    section: 'load',
    title: 'Requests sent and failed',
    note: 'per second',
    empty: NOTHING_RECORDED,
    unit: 'requests per second',
  },
  {
    name: 'orders',
    section: 'orders',
    needs: 'orders',
    title: 'Orders attempted, confirmed and rejected',
    note: 'per second',
    empty: NOTHING_RECORDED,
    unit: 'orders per second',
  },
  {
    name: 'recommendations',
    section: 'recommendations',
    needs: 'recommendations',
    title: 'Acts, and the lists that came of them',
    note: 'per second',
    empty: NOTHING_RECORDED,
    unit: 'acts or pushes per second',
  },
  {
    name: 'growth',
    section: 'growth',
    title: 'People signed up, and the curve',
    note: 'people since the start, of all blocks shown; shaded: not measured',
    empty: 'Nobody was to sign up here.',
    unit: 'people',
  },
  {
    name: 'intake',
    section: 'intake',
    title: 'Products and people sent to their topics',
    note: 'acknowledged messages since the start, of all blocks shown; shaded: not measured',
    empty: 'Nothing came from outside here.',
    unit: 'messages',
  },
  {
    name: 'behaviour',
    section: 'behaviour',
    title: 'Actions of shoppers, and those taken into the behaviour log',
    note: 'per second',
    empty: 'Nobody told the shop what they did.',
    unit: 'actions per second',
    needs: 'behaviour',
  },
  {
    name: 'counters',
    section: 'counters',
    title: 'Messages with new values of live counters',
    note: 'per second, of all pages together',
    empty: 'No page showed live counters.',
    unit: 'messages per second',
    needs: 'counters',
  },
  {
    name: 'cache',
    section: 'cache',
    title: 'Product pages and lists that the cache did not answer',
    note: 'per second',
    empty: NOTHING_RECORDED,
    unit: 'reads per second',
    needs: 'cache',
  },
  {
    name: 'lag',
    section: 'lag',
    needs: 'orders',
    isOfInside: true,
    title: 'Messages not yet committed by the consumers',
    note: 'messages; the largest of each time bucket',
    empty: 'No broker in this path: there is no consumer that could lag.',
    unit: 'messages',
  },
  {
    name: 'active',
    section: 'lag',
    title: 'Sessions open at once',
    note: 'mean of each time bucket',
    empty: NOTHING_RECORDED,
    unit: 'sessions',
  },
  {
    name: 'generator',
    section: 'processes',
    title: 'Lateness of the load generator',
    note: 'ms; the largest p99 of a second in each time bucket',
    empty: NOTHING_RECORDED,
    unit: 'ms',
  },
];
