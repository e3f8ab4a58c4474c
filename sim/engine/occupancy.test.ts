import { expect, it } from 'vitest';
import { createOccupancy } from './occupancy.ts';
import { createVirtualTimeline } from './virtual-timeline.ts';

it('averages the open sessions over the span, and adds up only the steps that ended in it', async () => {
  const timeline = createVirtualTimeline();
  const occupancy = createOccupancy({ timeline, spanFromMs: 1_000, spanToMs: 3_000 });
  const at = (ms: number, work: () => void) => timeline.wakeAt(ms, work);
  at(500, () => occupancy.openCountIs(4));
  at(900, () => occupancy.stepEnded({ thinkMs: 9_000, responseMs: 9_000 }));
  at(1_500, () => occupancy.openCountIs(2));
  at(2_000, () => occupancy.stepEnded({ thinkMs: 300, responseMs: 20 }));
  at(2_500, () => occupancy.stepEnded({ thinkMs: 100, responseMs: 40 }));
  at(3_000, () => occupancy.stepEnded({ thinkMs: 9_000, responseMs: 9_000 }));
  at(3_500, () => occupancy.openCountIs(0));
  await timeline.runUntil(4_000);
  expect(occupancy.summary()).toEqual({
    // 4 for half a second, 2 for a second and a half.
    meanOpenCount: 2.5,
    stepsPerSecond: 1,
    meanThinkMs: 200,
    meanResponseMs: 30,
    // Steps of 320 and 140 ms: E[S³] / 3E[S] = 25,733 ms²; twice that for 2.5 people, over 5,000 ms of them.
    edgeNoiseRatio: expect.closeTo(0.0717, 4),
  });
});

it('says that nobody was there when nobody was', () => {
  const occupancy = createOccupancy({ timeline: createVirtualTimeline(), spanFromMs: 0, spanToMs: 1_000 });
  expect(occupancy.summary()).toEqual({
    meanOpenCount: 0,
    stepsPerSecond: 0,
    meanThinkMs: 0,
    meanResponseMs: 0,
    edgeNoiseRatio: 0,
  });
});
