// Does the shop sell more than it has? Everybody wants the last few pieces of one item at the same instant.
import type { Scenario } from '../scenario/scenario.ts';
import { peakHour } from './peak-hour.ts';

export const lastUnits: Scenario = {
  ...peakHour,
  name: 'last-units',
  title: 'The last pieces',
  question:
    'When a hundred shoppers want the last five pieces of one item at once, are no more than five sold?',
  lastUnits: { pieceCount: 5 },
  load: {
    ...peakHour.load,
    arrivals: 'rush',
    shoppersAtOnce: 100,
    leadInSeconds: 0,
    durationSeconds: 10,
    // Whoever waits in the queue of a slow shop is not sent away: what became of them is the question.
    drainSeconds: 180,
    httpDeadlineMs: 60_000,
    outcomeDeadlineMs: 90_000,
    warmUpOrders: 20,
  },
  // All come at once on purpose, so that all but the first are late.
  generator: {
    ...peakHour.generator,
    latenessP99MsAtMost: 10_000,
    eventLoopLagP99MsAtMost: 2_000,
    cpuRatioAtMost: 1,
  },
  // The audit answers.
  thresholds: {},
};
