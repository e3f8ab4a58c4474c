// What a socket tells of acts and hears of lists, on virtual time, with a shop that answers when the test says so.
import { beforeEach, describe, expect, it } from 'vitest';
import type { BehaviourAnswer, BehaviourReport } from '../../../system/contract/behaviour.ts';
import type { FreshRecommendations } from '../../../system/contract/recommendations.ts';
import { createVirtualTimeline } from '../../engine/timing/virtual-timeline.ts';
import { createActsOfSocket, oldestReflected, type ShownLists } from './acts-of-socket.ts';

const idOf = (number: number) => `0190a000-0000-7000-8000-00000000000${number}`;
const report = (number: number): BehaviourReport => ({
  id: idOf(number),
  action: 'click',
  target: { type: 'product', id: number },
});
const list = (reflected: number | null): FreshRecommendations['lists'][number] => ({
  kind: reflected === null ? 'trending' : 'category',
  productIds: [3],
  reflectsActionId: reflected === null ? null : idOf(reflected),
  madeAt: '2026-01-01T00:00:00.000Z',
});
const ACCEPTED: BehaviourAnswer = { kind: 'accepted', acceptedCount: 1 };
const LATER: BehaviourAnswer = { kind: 'refused', code: 'too-many-requests', detail: '', retryAfterMs: 500 };

let timeline: ReturnType<typeof createVirtualTimeline>;
let sent: { ids: string[]; answer: (answer: BehaviourAnswer) => void }[];
let shown: [number, ShownLists][];
let answers: string[];

function acting() {
  const acts = createActsOfSocket({
    timeline,
    send: (actions, answer) => void sent.push({ ids: actions.map(({ id }) => id), answer }),
    onLists: () => undefined,
  });
  acts.connected();
  return {
    ...acts,
    do: (number: number) =>
      acts.act(report(number), {
        answered: (answer) => void answers.push(`${number} ${answer}`),
        shown: (push) => void shown.push([number, push]),
      }),
  };
}

beforeEach(() => {
  timeline = createVirtualTimeline();
  [sent, shown, answers] = [[], [], []];
});

describe('the acts of a socket', () => {
  it('go out one batch at a time, what is done meanwhile with the next', () => {
    const acts = acting();
    for (const number of [1, 2, 3]) acts.do(number);
    expect(sent.map(({ ids }) => ids)).toEqual([[idOf(1)]]);
    sent[0]?.answer(ACCEPTED);
    expect(sent.map(({ ids }) => ids)).toEqual([[idOf(1)], [idOf(2), idOf(3)]]);
    expect(answers).toEqual(['1 accepted']);
  });

  it('are told again after a lost connection, and an answer of the old one counts for nothing', () => {
    const acts = acting();
    acts.do(1);
    acts.disconnected();
    acts.do(2);
    acts.connected();
    expect(sent.map(({ ids }) => ids)).toEqual([[idOf(1)], [idOf(1), idOf(2)]]);
    sent[0]?.answer(ACCEPTED);
    expect(answers).toEqual([]);
    sent[1]?.answer(ACCEPTED);
    expect(answers).toEqual(['1 accepted', '2 accepted']);
  });

  it('are told again when the shop asks for time, and given up when it says no', async () => {
    const acts = acting();
    acts.do(1);
    sent[0]?.answer(LATER);
    await timeline.runUntil(499);
    expect(sent).toHaveLength(1);
    await timeline.runUntil(501);
    expect(sent).toHaveLength(2);
    sent[1]?.answer({ ...LATER, code: 'invalid', retryAfterMs: null });
    expect(answers).toEqual(['1 refused']);
  });

  it('are answered by the push that names them, each once, with the stages of each', () => {
    const acts = acting();
    acts.do(1);
    acts.do(2);
    const stages = [1, 2].map((at) => ({ receivedMs: at, consumedMs: at, startedMs: at, storedMs: at }));
    expect(acts.newestMs()).toBeNull();
    acts.fresh({ lists: [list(2)], answersActionIds: [idOf(1), idOf(2)], stages });
    acts.fresh({ lists: [list(2)], answersActionIds: [idOf(2)] });
    expect(shown.map(([number, push]) => [number, push.stages?.storedMs])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(acts.newestMs()).toBe(2);
    expect(acts.isUpToDate()).toBe(true);
  });

  it('leave the newest list of each kind, whichever came last', () => {
    const acts = acting();
    expect(acts.newestList('category')).toBeNull();
    const older = { ...list(1), productIds: [1] };
    const newer = { ...list(2), productIds: [2], madeAt: '2026-01-01T00:00:01.000Z' };
    acts.fresh({ lists: [newer], answersActionIds: [] });
    acts.fresh({ lists: [older, list(null)], answersActionIds: [] });
    expect(acts.newestList('category')?.productIds).toEqual([2]);
    expect(acts.newestList('trending')?.productIds).toEqual([3]);
  });

  it('tell which of the answered ids nobody here sent', () => {
    const acts = acting();
    acts.do(1);
    acts.fresh({ lists: [list(1)], answersActionIds: [idOf(1), idOf(9)] });
    expect(shown[0]?.[1].unknownIds).toEqual([idOf(9)]);
  });

  it('are answered by lists given again that are as new as they are, and by no others', () => {
    const acts = acting();
    for (const number of [1, 2, 3]) acts.do(number);
    acts.fresh({ lists: [list(null)], answersActionIds: [] });
    expect(shown).toEqual([]);
    acts.fresh({ lists: [list(2), list(3), list(null)], answersActionIds: [] });
    expect(shown.map(([number]) => number)).toEqual([1, 2]);
    expect(acts.isUpToDate()).toBe(false);
  });
});

it('lists reflect together what the one does that is the furthest behind', () => {
  expect(oldestReflected([list(3), list(null), list(2)])).toBe(idOf(2));
  expect(oldestReflected([list(null)])).toBeNull();
});
