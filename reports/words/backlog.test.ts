import { describe, expect, test } from 'vitest';
import type { SeriesRow } from '../record/series.ts';
import { backlogOf } from './backlog.ts';

type Second = {
  planned: number;
  attempted: number;
  confirmed: number;
  lag?: number | undefined;
  failures?: SeriesRow['failures'];
};

const row = ({ planned, attempted, confirmed, lag, failures }: Second) => ({
  counts: {
    sessionsPlanned: planned,
    ordersAttempted: attempted,
    ordersConfirmed: confirmed,
    ordersRejected: 0,
  },
  gauges: { kafkaLagCount: lag ?? null },
  ...(failures && { failures }),
});

/** Two quiet seconds, a burst of three that the shop finishes half of at once, and what follows. */
const BURST: Second[] = [
  { planned: 10, attempted: 10, confirmed: 10, lag: 0 },
  { planned: 10, attempted: 10, confirmed: 9, lag: 0 },
  { planned: 100, attempted: 100, confirmed: 50, lag: 40 },
  { planned: 100, attempted: 100, confirmed: 50, lag: 90 },
  { planned: 100, attempted: 100, confirmed: 50, lag: 130 },
  { planned: 10, attempted: 10, confirmed: 60, lag: 80 },
  { planned: 10, attempted: 10, confirmed: 60, lag: 35 },
  { planned: 10, attempted: 10, confirmed: 50, lag: 0 },
  { planned: 0, attempted: 0, confirmed: 11, lag: 0 },
];

describe('the backlog of a burst', () => {
  test('is the most orders open, the most messages behind the broker, and the seconds until they were gone', () => {
    expect(backlogOf(BURST.map(row))).toEqual({
      mostOpenCount: 151,
      mostLagCount: 130,
      drainedAfterSeconds: 3,
      failedCount: 0,
    });
  });

  test('never drains where orders stay open, and has no messages without a broker', () => {
    const stuck = [...BURST.slice(0, 5), { planned: 0, attempted: 0, confirmed: 0 }];
    expect(backlogOf(stuck.map((second) => row({ ...second, lag: undefined })))).toMatchObject({
      mostLagCount: null,
      drainedAfterSeconds: null,
    });
  });

  test('counts refused orders as ended, and other failures not', () => {
    const failures = { 'POST /orders 503': 40, 'timeout POST /orders': 10, 'GET /orders/:id 500': 7 };
    const refused = BURST.map((second, index) => row(index === 4 ? { ...second, failures } : second));
    expect(backlogOf(refused)).toMatchObject({ mostOpenCount: 101, failedCount: 50 });
  });
});
