// A latency and a count that no shop has yet, planted in the tables: the terminal shows them and the record takes them, and a
// count that is in no table ends the run.
import { expect, it, vi } from 'vitest';
import type { Need } from '../../reports/metrics/described.ts';
import { TOY_COUNT, TOY_LATENCY } from '../../reports/metrics/testing/toy-entries.ts';
import { createCellWriter } from '../../reports/record/cell-writer.ts';
import { readSeries } from '../../reports/record/read-cell.ts';
import { temporaryFolder } from '../../reports/testing/temporary-folder.ts';
import { figureLines, type LiveFigures, terminalLatencies } from './live-figures.ts';
import { createSecondRecorder } from './second-recorder.ts';

vi.mock('../../reports/metrics/latencies.ts', async (original) => {
  const real = await original<typeof import('../../reports/metrics/latencies.ts')>();
  const { TOY_LATENCY: latency } = await import('../../reports/metrics/testing/toy-entries.ts');
  return { ...real, TIMES: [...real.TIMES, latency] };
});
vi.mock('../../reports/metrics/counts.ts', async (original) => {
  const real = await original<typeof import('../../reports/metrics/counts.ts')>();
  const { TOY_COUNT: count } = await import('../../reports/metrics/testing/toy-entries.ts');
  return { ...real, COUNTS: [...real.COUNTS, count] };
});

/** A recorder that keeps what it showed, and its cell's folder. */
function recorder(meets: (need: Need) => boolean = () => true) {
  const cell = createCellWriter(temporaryFolder());
  const shown: LiveFigures[] = [];
  const view = { figures: (figures: LiveFigures) => void shown.push(figures) };
  const seconds = createSecondRecorder({
    cell,
    view: view as never,
    durationSeconds: 10,
    meets,
    sampler: { sample: async () => ({ cpuRatios: {}, memoryBytes: {}, stealRatio: 0 }) } as never,
    watched: () => ({}),
    lagCount: null,
  });
  const second = (counts: Record<string, number>, at = 0) => ({
    second: at,
    counts,
    gauges: { sessionsActive: 2 },
    failures: {},
    live: { [TOY_LATENCY.name]: { p50Ms: 12, p99Ms: 40 } },
    histograms: [],
    intendedRequests: [],
  });
  return { cell, shown, seconds, second };
}

it('the terminal shows a new count, added up, and a new wait of the last seconds', async () => {
  const { shown, seconds, second } = recorder();
  seconds.take(second({ ordersConfirmed: 1, [TOY_COUNT.name]: 3 }));
  seconds.take(second({ [TOY_COUNT.name]: 4 }, 1));
  await seconds.finish();
  expect(figureLines(shown.at(-1)!)).toContain(
    '  orders    confirmed 1 · p50 – · p99 – · coupons 7 · coupon p50 12 ms · p99 40 ms',
  );
  expect(terminalLatencies()).toContain(TOY_LATENCY.name);
});

it('a row has every count, those that did not happen as 0', async () => {
  const { cell, seconds, second } = recorder();
  seconds.take(second({ [TOY_COUNT.name]: 3 }));
  await seconds.finish();
  expect(readSeries(cell.directory)).toMatchObject([
    {
      counts: { [TOY_COUNT.name]: 3, ordersConfirmed: 0 },
      gauges: { sessionsActive: 2, kafkaLagCount: null },
    },
  ]);
});

it('a count that no table has ends the run, with the nearest name', async () => {
  const { seconds, second } = recorder();
  seconds.take(second({ couponsClamed: 1 }));
  await expect(seconds.failed).rejects.toThrow(/couponsClamed.*Did you mean `couponsClaimed`\?/);
});

it('a row carries no count of orders where nobody is to order, and one that was counted all the same', async () => {
  const { cell, seconds, second } = recorder((need) => need !== 'orders');
  seconds.take(second({}));
  seconds.take(second({ ordersRejected: 1 }, 1));
  await seconds.finish();
  const [quiet, odd] = readSeries(cell.directory);
  expect(Object.keys(quiet!.counts).filter((name) => name.startsWith('orders'))).toEqual([]);
  expect(quiet!.counts).toMatchObject({ sessionsStarted: 0, [TOY_COUNT.name]: 0 });
  expect(odd!.counts).toMatchObject({ ordersRejected: 1 });
});
