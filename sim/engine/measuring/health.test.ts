import { expect, it } from 'vitest';
import { createVirtualTimeline } from '../timing/virtual-timeline.ts';
import { createHealth } from './health.ts';

function setUp() {
  const timeline = createVirtualTimeline();
  let cpuSeconds = 0;
  const health = createHealth({
    timeline,
    spanFromMs: 1_000,
    spanToMs: 3_000,
    cpuSeconds: () => cpuSeconds,
  });
  timeline.wakeAt(1_000, health.spanBegins);
  timeline.wakeAt(3_000, health.spanEnds);
  return { timeline, health, work: (seconds: number) => (cpuSeconds += seconds) };
}

it('sees how long the event loop stood still, in its second and over the span', async () => {
  const { timeline, health } = setUp();
  timeline.wakeAt(1_505, () => timeline.stall(200));
  await timeline.runUntil(2_000);
  const { eventLoopLagP99Ms } = health.takeSecond();
  expect(eventLoopLagP99Ms).toBeGreaterThan(180);
  await timeline.runUntil(3_000);
  expect(health.takeSecond().eventLoopLagP99Ms).toBe(0);
  expect(health.summary().eventLoopLagP99Ms).toBeGreaterThan(180);
  health.close();
});

it('leaves what was before and after the span out of its figures', async () => {
  const { timeline, health, work } = setUp();
  timeline.wakeAt(500, () => timeline.stall(300));
  work(5);
  timeline.wakeAt(2_000, () => work(1));
  await timeline.runUntil(3_000);
  timeline.stall(400);
  work(7);
  await timeline.runUntil(4_000);
  health.late(900, 50);
  health.late(1_500, 3);
  health.late(3_500, 70);
  const summary = health.summary();
  expect(summary).toMatchObject({ eventLoopLagP99Ms: 0, cpuSeconds: 1, spanSeconds: 2 });
  expect(summary.latenessMaxMs).toBeCloseTo(3, 1);
  health.close();
});
