// One act on virtual time: what is measured when its lists come, when they do not, and when the shop refuses it.
import { expect, it } from 'vitest';
import { noMeasures } from '../../engine/measuring/measures.ts';
import { createVirtualTimeline } from '../../engine/timing/virtual-timeline.ts';
import { watchAct } from './act-watch.ts';
import type { ActAttempt } from './attempts.ts';

const ID = '0190a000-0000-7000-8000-000000000001';

function watched(intendedMs = 0) {
  const timeline = createVirtualTimeline();
  const samples: [string, number][] = [];
  const counts: string[] = [];
  const measures = {
    ...noMeasures,
    sample: (metric: string, _at: number, ms: number) => void samples.push([metric, ms]),
    censored: (metric: string, _at: number, ms: number) => void samples.push([`≥ ${metric}`, ms]),
    count: (counter: string) => void counts.push(counter),
  };
  const attempt: ActAttempt = {
    kind: 'act',
    actionId: ID,
    customerId: 7,
    attemptedAtMs: intendedMs,
    phase: 'measure',
    action: 'click',
    productId: 3,
    answer: 'unknown',
    shownAfterMs: null,
    reflectedId: null,
    categoryReflectedId: null,
    categoryFirstProductId: null,
    unknownIds: [],
  };
  const watch = watchAct(
    { timeline, measures, deadlineMs: 10_000, sentMs: intendedMs + 2 },
    attempt,
    intendedMs,
  );
  return { timeline, samples, counts, attempt, watch };
}

it('takes the time from the intended moment to the message, and its stages from the send', async () => {
  const { timeline, samples, counts, attempt, watch } = watched();
  await timeline.runUntil(50);
  watch.answered('accepted');
  const category = { kind: 'category' as const, productIds: [5, 6], reflectsActionId: ID, madeAt: '' };
  const stages = { receivedMs: 5, consumedMs: 15, startedMs: 20, storedMs: 40 };
  watch.shown({ lists: [category], stages, unknownIds: [] });
  await watch.settled;
  expect(samples).toEqual([
    ['recommendation.shown', 50],
    ['stage.actIntake', 3],
    ['stage.actBroker', 10],
    ['stage.actWait', 5],
    ['stage.lists', 20],
    ['stage.listsPush', 10],
  ]);
  expect(counts).toEqual(['actsAccepted', 'actsShown']);
  expect(attempt).toMatchObject({ shownAfterMs: 50, categoryReflectedId: ID, categoryFirstProductId: 5 });
  await timeline.runUntil(20_000);
  expect(samples).toHaveLength(6);
});

it('is cut off at its deadline, refused at the deadline too, and when the run is over at what it has waited', async () => {
  const late = watched();
  await late.timeline.runUntil(10_000);
  expect(late.samples).toEqual([['≥ recommendation.shown', 10_000]]);
  expect(late.counts).toEqual(['actsUnanswered']);
  const refused = watched();
  refused.watch.answered('refused');
  expect(refused.samples).toEqual([['≥ recommendation.shown', 10_000]]);
  const over = watched();
  await over.timeline.runUntil(4_000);
  over.watch.giveUp();
  expect(over.samples).toEqual([['≥ recommendation.shown', 4_000]]);
  expect(over.attempt.shownAfterMs).toBeNull();
});
