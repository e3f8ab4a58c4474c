import { describe, expect, it } from 'vitest';
import { createDueHeap } from './due-heap.ts';
import { createScheduler } from './scheduler.ts';
import { createVirtualTimeline } from './virtual-timeline.ts';

function schedulerOn(timeline = createVirtualTimeline()) {
  const lateness: [number, number][] = [];
  const errors: unknown[] = [];
  const scheduler = createScheduler({
    timeline,
    onLateness: (intendedMs, latenessMs) => lateness.push([intendedMs, latenessMs]),
    failed: (error) => errors.push(error),
  });
  return { timeline, scheduler, lateness, errors };
}

describe('the heap of due callbacks', () => {
  it('gives a thousand callbacks back in order of time, equal times in the order they came', () => {
    const heap = createDueHeap();
    const times = Array.from({ length: 1_000 }, (_, index) => (index * 7_919) % 500);
    const out: number[] = [];
    for (const [index, atMs] of times.entries()) heap.push(atMs, () => out.push(index));
    while (heap.nextMs() < Number.POSITIVE_INFINITY) heap.pop()();
    const wanted = times.map((_, index) => index).sort((a, b) => times[a]! - times[b]! || a - b);
    expect(out).toEqual(wanted);
    expect(() => heap.pop()).toThrow('empty');
  });
});

describe('the scheduler', () => {
  it('runs the plan and the callbacks in between in one order of time, each at its time', async () => {
    const { timeline, scheduler, lateness } = schedulerOn();
    const ran: string[] = [];
    scheduler.plan([10, 30, 30.5], Number, (item) => {
      ran.push(`start ${item}`);
      scheduler.at(item + 5, () => ran.push(`step ${item + 5}`));
    });
    scheduler.at(12, () => ran.push('step 12'));
    await timeline.runUntil(100);
    expect(ran).toEqual(['start 10', 'step 12', 'step 15', 'start 30', 'start 30.5', 'step 35', 'step 35.5']);
    expect(lateness.every(([, latenessMs]) => latenessMs === 0)).toBe(true);
  });

  it('makes every late start, in order, and tells how late each was', async () => {
    const { timeline, scheduler, lateness } = schedulerOn();
    const items = Array.from({ length: 100 }, (_, index) => index * 10);
    const ran: number[] = [];
    scheduler.plan(items, Number, (item) => ran.push(item));
    timeline.stall(3_000);
    await timeline.runUntil(5_000);
    expect(ran).toEqual(items);
    expect(lateness[0]).toEqual([0, 3_000]);
    expect(lateness.at(-1)).toEqual([990, 2_010]);
  });

  it('runs nothing any more after a stop and counts what a dropped plan had left', async () => {
    const { timeline, scheduler } = schedulerOn();
    const ran: number[] = [];
    scheduler.plan([1, 2, 3], Number, (item) => ran.push(item));
    await timeline.runUntil(1);
    expect(scheduler.plannedLeftCount()).toBe(2);
    expect(scheduler.dropPlan()).toBe(2);
    scheduler.at(5, () => ran.push(5));
    scheduler.stop();
    scheduler.at(6, () => ran.push(6));
    await timeline.runUntil(10);
    expect(ran).toEqual([1]);
  });

  it('refuses a plan that is out of order and hands a throw of a callback on', async () => {
    const { timeline, scheduler, errors } = schedulerOn();
    scheduler.at(1, () => {
      throw new Error('broken');
    });
    await timeline.runUntil(2);
    expect(errors).toHaveLength(1);
    expect(() => scheduler.plan([2, 1], Number, () => undefined)).toThrow('planned item 1');
  });
});
