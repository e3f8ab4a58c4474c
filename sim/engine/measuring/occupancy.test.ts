import { expect, it } from 'vitest';
import { createVirtualTimeline } from '../timing/virtual-timeline.ts';
import { createOccupancy } from './occupancy.ts';

it('averages the open sessions over the span, and adds up only the steps that ended in it', async () => {
  const timeline = createVirtualTimeline();
  const occupancy = createOccupancy({ timeline, spanFromMs: 1_000, spanToMs: 3_000 });
  const at = (ms: number, work: () => void) => timeline.wakeAt(ms, work);
  at(500, () => occupancy.openCountIs(4));
  at(900, () => occupancy.stepEnded(100, 800, 900));
  at(1_500, () => occupancy.openCountIs(2));
  at(2_000, () => occupancy.stepEnded(1_680, 1_980, 2_000));
  at(2_500, () => occupancy.stepEnded(2_360, 2_460, 2_500));
  at(3_500, () => occupancy.openCountIs(0));
  await timeline.runUntil(4_000);
  expect(occupancy.summary([])).toEqual({
    // 4 for half a second, 2 for a second and a half.
    meanOpenCount: 2.5,
    stepsPerSecond: 1,
    meanThinkMs: 200,
    meanResponseMs: 30,
    cutCount: 0,
  });
});

it('closes exactly where people come before the span and leave after it, however short it is', async () => {
  const timeline = createVirtualTimeline();
  const occupancy = createOccupancy({ timeline, spanFromMs: 1_000, spanToMs: 2_000 });
  const at = (ms: number, work: () => void) => timeline.wakeAt(ms, work);
  // One thinks from 400 to 1,300 and stays in the next step to the end; one comes at 1,600 and ends a step at 2,400.
  at(400, () => occupancy.openCountIs(1));
  at(1_300, () => occupancy.stepEnded(400, 1_250, 1_300));
  at(1_600, () => occupancy.openCountIs(2));
  at(2_400, () => occupancy.stepEnded(1_600, 2_300, 2_400));
  await timeline.runUntil(2_500);
  const { meanOpenCount, stepsPerSecond, meanThinkMs, meanResponseMs, cutCount } = occupancy.summary([
    1_300, 2_400,
  ]);
  expect(meanOpenCount).toBeCloseTo(1.4);
  expect((stepsPerSecond * (meanThinkMs + meanResponseMs)) / 1_000).toBeCloseTo(0.9);
  // 700 ms and 400 ms under way at the end, less 600 ms before the beginning.
  expect(cutCount).toBeCloseTo(0.5);
});

it('says that nobody was there when nobody was', () => {
  const occupancy = createOccupancy({ timeline: createVirtualTimeline(), spanFromMs: 0, spanToMs: 1_000 });
  expect(occupancy.summary([])).toEqual({
    meanOpenCount: 0,
    stepsPerSecond: 0,
    meanThinkMs: 0,
    meanResponseMs: 0,
    cutCount: 0,
  });
});
