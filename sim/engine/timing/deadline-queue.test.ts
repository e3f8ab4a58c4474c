import { expect, it } from 'vitest';
import { createDeadlineQueue } from './deadline-queue.ts';
import { createVirtualTimeline } from './virtual-timeline.ts';

function setUp() {
  const timeline = createVirtualTimeline();
  const queue = createDeadlineQueue(timeline, 100);
  const missed: string[] = [];
  const note = (name: string, how: string) => () => void missed.push(`${name}${how}${timeline.nowMs()}`);
  const waiter = (name: string) => ({ missed: note(name, '@'), cutOff: note(name, ' cut off @') });
  return { timeline, queue, missed, add: (name: string) => queue.add(waiter(name)) };
}

it('calls those who were not met, each at its own time', async () => {
  const { timeline, queue, missed, add } = setUp();
  add('a');
  await timeline.runUntil(10);
  const b = add('b');
  await timeline.runUntil(20);
  add('c');
  queue.meet(b);
  await timeline.runUntil(1_000);
  expect(missed).toEqual(['a@100', 'c@120']);
});

it('leaves a later deadline alone when a missed one is met after all', async () => {
  const { timeline, queue, missed, add } = setUp();
  const first = add('first');
  await timeline.runUntil(100);
  for (let index = 0; index < 1_024; index++) add(String(index));
  queue.meet(first);
  await timeline.runUntil(1_000);
  expect(missed).toHaveLength(1_025);
});

it('keeps every open deadline when there are more than it had room for', async () => {
  const { timeline, queue, missed, add } = setUp();
  for (let index = 0; index < 700; index++) add('early');
  await timeline.runUntil(150);
  expect(missed).toHaveLength(700);
  const tickets = Array.from({ length: 5_000 }, () => add('late'));
  for (const ticket of tickets.slice(0, 4_990)) queue.meet(ticket);
  await timeline.runUntil(1_000);
  expect(missed.slice(700)).toEqual(Array.from({ length: 10 }, () => 'late@250'));
});

it('cuts off all who wait now, once, and none who comes later', async () => {
  const { timeline, queue, missed, add } = setUp();
  add('a');
  queue.meet(add('met'));
  await timeline.runUntil(40);
  add('b');
  queue.cutOff();
  add('c');
  await timeline.runUntil(1_000);
  expect(missed).toEqual(['a cut off @40', 'b cut off @40', 'c@140']);
});

it('calls nobody after it was closed', async () => {
  const { timeline, queue, missed, add } = setUp();
  add('a');
  queue.close();
  await timeline.runUntil(1_000);
  expect(missed).toEqual([]);
});
