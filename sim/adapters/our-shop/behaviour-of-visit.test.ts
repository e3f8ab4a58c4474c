import { beforeEach, describe, expect, it } from 'vitest';
import type { BehaviourAnswer, BehaviourReport } from '../../../system/contract/behaviour.ts';
import { type Measures, noMeasures } from '../../engine/measuring/measures.ts';
import { createVirtualTimeline } from '../../engine/timing/virtual-timeline.ts';
import type { Deed } from './actions-of.ts';
import type { Attempt } from './attempts.ts';
import { BehaviourOfVisit } from './behaviour-of-visit.ts';
import { unpackActions } from './packed-actions.ts';

type Sent = { by: 'socket' | 'http'; ids: string[] };
type Answer = BehaviourAnswer | null;

const ACCEPTED: Answer = { kind: 'accepted', acceptedCount: 1 };
const refused = (code: string, retryAfterMs: number | null = null): Answer => ({
  kind: 'refused',
  code,
  detail: '',
  retryAfterMs,
});
const click = (id: number): Deed => ({ action: 'click', target: { type: 'product', id } });
const clicks = (count: number) => Array.from({ length: count }, (_, index) => click(index + 1));

let timeline: ReturnType<typeof createVirtualTimeline>;
let sent: Sent[];
let attempts: Attempt[];
let samples: { metric: string; ms: number; isCensored: boolean }[];
let counts: string[];

beforeEach(() => {
  timeline = createVirtualTimeline();
  [sent, attempts, samples, counts] = [[], [], [], []];
});

const measures: Measures = {
  ...noMeasures,
  sample: (metric, _, ms) => samples.push({ metric, ms, isCensored: false }),
  censored: (metric, _, ms) => samples.push({ metric, ms, isCensored: true }),
  count: (counter, howMany = 1) => counts.push(...Array<string>(howMany).fill(counter)),
};

/** `answers` come in turn, whichever way is taken; then all is accepted. */
function open(answers: (Answer | Promise<Answer>)[] = [], isConnected = true): BehaviourOfVisit {
  const answer = async (by: Sent['by'], reports: readonly BehaviourReport[]) => {
    sent.push({ by, ids: reports.map(({ id }) => id) });
    return answers.length > 0 ? (answers.shift() ?? null) : ACCEPTED;
  };
  let made = 0;
  return new BehaviourOfVisit({
    timeline,
    measures,
    attemptedAt: (attemptedAtMs) => ({ attemptedAtMs, phase: 'measure' }),
    onAttempt: (attempt) => attempts.push(attempt),
    requests: { tell: (_, reports) => answer('http', reports) },
    gatherMs: 50,
    newActionId: () => `a${++made}`,
    personId: 7,
    socket: () => ({
      expect: () => undefined,
      forget: () => undefined,
      acts: {
        act: () => undefined,
        forget: () => undefined,
        newestMs: () => null,
        isUpToDate: () => true,
        newestList: () => null,
      },
      counters: { show: () => undefined },
      close: () => undefined,
      tell: (reports) => (isConnected ? answer('socket', reports) : null),
    }),
  });
}

describe('what a visitor does', () => {
  it('goes by socket in one batch soon after, and is reported with the wait of its oldest action', async () => {
    const behaviour = open();
    behaviour.tell([click(3), click(4)]);
    await timeline.runUntil(20);
    behaviour.tell([{ action: 'search', target: { type: 'text', text: '큰 가방' } }]);
    expect(sent).toEqual([]);
    await timeline.runUntil(60);
    expect(sent).toEqual([{ by: 'socket', ids: ['a1', 'a2', 'a3'] }]);
    expect(attempts).toMatchObject([{ kind: 'actions', customerId: 7, answer: 'accepted' }]);
    expect(unpackActions(attempts[0]?.kind === 'actions' ? attempts[0].packed : '')).toEqual([
      { id: 'a1', action: 'click', targetType: 'product', target: '3' },
      { id: 'a2', action: 'click', targetType: 'product', target: '4' },
      { id: 'a3', action: 'search', targetType: 'text', target: '큰 가방' },
    ]);
    expect(samples).toEqual([{ metric: 'behaviour.accepted', ms: 50, isCensored: false }]);
    expect(counts.filter((count) => count === 'actionsMade')).toHaveLength(3);
    expect(counts.filter((count) => count === 'actionsAccepted')).toHaveLength(3);
  });

  it('goes by HTTP where no socket is open', async () => {
    const behaviour = open([], false);
    behaviour.tell([click(3)]);
    await behaviour.settled();
    expect(sent).toEqual([{ by: 'http', ids: ['a1'] }]);
  });

  it('goes in batches of thirty, the next one when the one before was answered', async () => {
    const first = Promise.withResolvers<Answer>();
    const behaviour = open([first.promise]);
    behaviour.tell(clicks(65));
    await timeline.runUntil(1_000);
    expect(sent.map(({ ids }) => ids.length)).toEqual([30]);
    first.resolve(ACCEPTED);
    await behaviour.settled();
    expect(sent.map(({ ids }) => ids.length)).toEqual([30, 30, 5]);
    expect(attempts).toHaveLength(3);
  });
});

describe('a batch that fails', () => {
  it.each([
    ['no answer', null],
    ['a shop that is away', refused('temporarily-unavailable', 2_000)],
    ['a flood', refused('too-many-requests', 1_500)],
  ])('is sent again under the same ids after %s', async (_, answer) => {
    const behaviour = open([answer]);
    behaviour.tell([click(3)]);
    await timeline.runUntil(10_000);
    expect(sent).toEqual([
      { by: 'socket', ids: ['a1'] },
      { by: 'http', ids: ['a1'] },
    ]);
    expect(attempts).toMatchObject([{ answer: 'accepted' }]);
  });

  it('is given up after some tries, as what may be in the log', async () => {
    const behaviour = open(Array.from({ length: 20 }, () => null));
    behaviour.tell([click(3)]);
    await timeline.runUntil(60_000);
    expect(sent).toHaveLength(8);
    expect(attempts).toMatchObject([{ answer: 'unknown' }]);
    expect(samples).toMatchObject([{ metric: 'behaviour.accepted', isCensored: true }]);
    expect(counts).not.toContain('actionsAccepted');
  });

  it('is not sent again where the shop would say no each time', async () => {
    const behaviour = open([refused('invalid-request')]);
    behaviour.tell([click(3)]);
    await timeline.runUntil(60_000);
    expect(sent).toHaveLength(1);
    expect(attempts).toMatchObject([{ answer: 'refused' }]);
  });

  it('that may have been taken in stays so, whatever is said later', async () => {
    const behaviour = open([null, refused('invalid-request')]);
    behaviour.tell([click(3)]);
    await timeline.runUntil(60_000);
    expect(attempts).toMatchObject([{ answer: 'unknown' }]);
  });

  it('is tried once more at the end of the run, and then left', async () => {
    const behaviour = open(Array.from({ length: 20 }, () => null));
    behaviour.tell([click(3)]);
    await timeline.runUntil(60);
    behaviour.giveUp();
    await behaviour.settled();
    expect(sent).toHaveLength(2);
    expect(attempts).toMatchObject([{ answer: 'unknown' }]);
  });
});
